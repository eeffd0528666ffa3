import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { env } from '#lib/env.ts';
import { callStore } from './client.ts';
import { hasName, isNoSuchBucket, isNotFound, toStoreError } from './store-errors.ts';
import type { WantedEncryption } from './types.ts';

export type Versioning = 'enabled' | 'suspended' | 'off';

/** @throws AppError store_unavailable when the store does not say, as for a bucket of somebody else */
export async function bucketExists(bucket: string): Promise<boolean> {
  try {
    await callStore('app', `Asking for the bucket ${bucket}`, (client) =>
      client.send(new HeadBucketCommand({ Bucket: bucket })),
    );
    return true;
  } catch (error) {
    if (isNotFound(error) || isNoSuchBucket(error)) return false;
    throw error;
  }
}

/** Creates a bucket of ours. One that is ours already is left as it is, and said so. */
export async function createBucket(bucket: string): Promise<{ created: boolean }> {
  const region = env().S3_REGION;
  try {
    await callStore('app', `Creating the bucket ${bucket}`, (client) =>
      client.send(
        new CreateBucketCommand({
          Bucket: bucket,
          // us-east-1 is the region that must not be named.
          ...(region === 'us-east-1'
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
        }),
      ),
    );
    return { created: true };
  } catch (error) {
    if (hasName(error, 'BucketAlreadyOwnedByYou')) return { created: false };
    throw error;
  }
}

/** Removes an empty bucket: scratch buckets only. */
export async function deleteBucket(bucket: string): Promise<void> {
  await callStore('purge', `Removing the bucket ${bucket}`, (client) =>
    client.send(new DeleteBucketCommand({ Bucket: bucket })),
  );
}

export async function getVersioning(bucket: string): Promise<Versioning> {
  const { Status } = await callStore('app', 'Reading the versioning of the bucket', (client) =>
    client.send(new GetBucketVersioningCommand({ Bucket: bucket })),
  );
  if (Status === 'Enabled') return 'enabled';
  return Status === 'Suspended' ? 'suspended' : 'off';
}

/** On AWS wait 15 minutes before the first write after the first enabling (s3-facts 3.1). */
export async function enableVersioning(bucket: string): Promise<void> {
  await callStore('app', 'Turning on versioning', (client) =>
    client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } })),
  );
}

/** Encryption that the bucket gives to objects which state none; `none` when it has no rule. */
export async function getDefaultEncryption(bucket: string): Promise<WantedEncryption> {
  try {
    const answer = await callStore('app', 'Reading the default encryption', (client) =>
      client.send(new GetBucketEncryptionCommand({ Bucket: bucket })),
    );
    const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    if (rule?.SSEAlgorithm === 'AES256') return { kind: 'AES256' };
    if (rule?.SSEAlgorithm?.startsWith('aws:kms')) return { kind: 'aws:kms', keyId: rule.KMSMasterKeyID ?? '' };
    return { kind: 'none' };
  } catch (error) {
    if (hasName(error, 'ServerSideEncryptionConfigurationNotFoundError')) return { kind: 'none' };
    throw error;
  }
}

/** @throws AppError not_supported_by_store, on MinIO without a KMS key too */
export async function putDefaultEncryption(bucket: string, wanted: WantedEncryption): Promise<void> {
  if (wanted.kind === 'none') return;
  const byDefault =
    wanted.kind === 'AES256'
      ? { SSEAlgorithm: 'AES256' as const }
      : { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: wanted.keyId };
  await callStore('app', 'Setting the default encryption', (client) =>
    client.send(
      new PutBucketEncryptionCommand({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] },
      }),
    ),
  );
}

/** Milliseconds in all that a readiness check waits, retries included. */
const CHECK_TIMEOUT = 4_000;

/** A cheap call that proves address, keys and bucket, for `/readyz`. */
export async function checkStore(bucket = env().S3_BUCKET): Promise<void> {
  const deadline = AbortSignal.timeout(CHECK_TIMEOUT);
  await callStore('app', `Asking for the bucket ${bucket}`, (client) =>
    client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: deadline }),
  ).catch((error) => {
    // The SDK says AbortError; what happened is that the store did not answer in time.
    throw deadline.aborted ? toStoreError(deadline.reason, 'Asking for the bucket') : error;
  });
}
