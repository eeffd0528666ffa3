import {
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  type CORSRule as SdkCorsRule,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { AppError } from '#lib/errors.ts';
import {
  getObjectOwnership,
  getPublicAccessBlock,
  type PublicAccessBlock,
  putObjectOwnership,
  putPublicAccessBlock,
} from './bucket-access.ts';
import { getLifecycle, putLifecycle, type StoredRule } from './bucket-lifecycle.ts';
import { getBucketPolicy, putBucketPolicy } from './bucket-policy.ts';
import { getVersioning } from './buckets.ts';
import { callStore } from './client.ts';
import { hasName, statusOf } from './store-errors.ts';
import { getUserPolicy, putUserPolicy } from './user-policies.ts';

/** The settings of a bucket that guardrails look at and change, each one JSON document in S3's own words. */
export type DocumentKind =
  | 'versioning'
  | 'encryption'
  | 'bucket-policy'
  | 'user-policy'
  | 'public-access-block'
  | 'ownership'
  | 'cors'
  | 'lifecycle';
/** `name` is the bucket's, for a user policy the policy's. */
export type DocumentRef = { kind: DocumentKind; name: string };

/** A document as the store holds it now; null when it has none. @throws AppError store_unavailable, not_supported_by_store */
export async function readDocument({ kind, name }: DocumentRef): Promise<unknown> {
  switch (kind) {
    case 'versioning': {
      const state = await getVersioning(name);
      return state === 'off' ? null : { Status: state === 'enabled' ? 'Enabled' : 'Suspended' };
    }
    case 'encryption':
      return readEncryption(name);
    case 'bucket-policy':
      return readPolicy(await getBucketPolicy(name));
    case 'user-policy':
      return readPolicy(await getUserPolicy(name));
    case 'public-access-block':
      return getPublicAccessBlock(name);
    case 'ownership': {
      const ObjectOwnership = await getObjectOwnership(name);
      return ObjectOwnership === null ? null : { ObjectOwnership };
    }
    case 'cors':
      return readCors(name);
    case 'lifecycle': {
      const { rules } = await getLifecycle(name);
      return rules.length === 0 ? null : rules;
    }
  }
}

/**
 * Puts a document in place of the one that is there; null removes it.
 * @throws AppError not_supported_by_store with the store's own words when it refuses the document, store_unavailable
 */
export async function writeDocument(ref: DocumentRef, content: unknown): Promise<void> {
  try {
    await write(ref, content);
  } catch (error) {
    const status = statusOf(error);
    if (error instanceof AppError || status < 400 || status >= 500) throw error;
    const { name, message } = error as Error;
    throw new AppError('not_supported_by_store', `The store refused it: ${name}. ${message}`, { cause: error });
  }
}

async function write({ kind, name }: DocumentRef, content: unknown): Promise<void> {
  switch (kind) {
    case 'versioning':
      return writeVersioning(name, content as { Status: 'Enabled' | 'Suspended' } | null);
    case 'encryption':
      return writeEncryption(name, content as ServerSideEncryptionRule[] | null);
    case 'bucket-policy':
      return putBucketPolicy(name, content === null ? null : JSON.stringify(content));
    case 'user-policy':
      return putUserPolicy(name, JSON.stringify(content));
    case 'public-access-block':
      return putPublicAccessBlock(name, content as PublicAccessBlock | null);
    case 'ownership':
      return putObjectOwnership(name, (content as { ObjectOwnership: string } | null)?.ObjectOwnership ?? null);
    case 'cors':
      return writeCors(name, content as SdkCorsRule[] | null);
    case 'lifecycle': {
      const { minimumObjectSize } = await getLifecycle(name);
      return putLifecycle(name, { rules: (content ?? []) as StoredRule[], minimumObjectSize });
    }
  }
}

/** Lists of actions and resources in one order: MinIO keeps them as sets, and answers in another order each time. */
function readPolicy(text: string | null): unknown {
  if (text === null) return null;
  const inOrder = ['Action', 'NotAction', 'Resource', 'NotResource'];
  return JSON.parse(text, (name, value: unknown) =>
    inOrder.includes(name) && Array.isArray(value) ? value.toSorted() : value,
  );
}
/** Without what the SDK leaves undefined, so that documents compare as JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function readEncryption(bucket: string): Promise<unknown> {
  try {
    const answer = await callStore('app', 'Reading the default encryption', (client) =>
      client.send(new GetBucketEncryptionCommand({ Bucket: bucket })),
    );
    return plain(answer.ServerSideEncryptionConfiguration?.Rules ?? null);
  } catch (error) {
    if (hasName(error, 'ServerSideEncryptionConfigurationNotFoundError')) return null;
    throw error;
  }
}

async function writeEncryption(bucket: string, rules: ServerSideEncryptionRule[] | null): Promise<void> {
  await callStore('app', 'Setting the default encryption', async (client) => {
    if (rules === null) await client.send(new DeleteBucketEncryptionCommand({ Bucket: bucket }));
    else
      await client.send(
        new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules: rules } }),
      );
  });
}

async function readCors(bucket: string): Promise<unknown> {
  try {
    const answer = await callStore('app', 'Reading the CORS rules', (client) =>
      client.send(new GetBucketCorsCommand({ Bucket: bucket })),
    );
    return plain(answer.CORSRules ?? null);
  } catch (error) {
    if (hasName(error, 'NoSuchCORSConfiguration')) return null;
    throw error;
  }
}

async function writeCors(bucket: string, rules: SdkCorsRule[] | null): Promise<void> {
  await callStore('app', 'Setting the CORS rules', async (client) => {
    if (rules === null || rules.length === 0) await client.send(new DeleteBucketCorsCommand({ Bucket: bucket }));
    else await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: rules } }));
  });
}

/** There is no way back to a bucket that never had it: without a document it can only be suspended (s3-facts 3.1). */
async function writeVersioning(bucket: string, content: { Status: 'Enabled' | 'Suspended' } | null): Promise<void> {
  await callStore('app', 'Setting versioning', (client) =>
    client.send(
      new PutBucketVersioningCommand({
        Bucket: bucket,
        VersioningConfiguration: { Status: content?.Status ?? 'Suspended' },
      }),
    ),
  );
}
