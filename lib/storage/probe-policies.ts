import { AppError } from '#lib/errors.ts';
import { getBucketPolicy, putBucketPolicy } from './bucket-policy.ts';
import { ownKeys } from './client.ts';
import { putBytes } from './objects.ts';
import { isAccessDenied, statusOf } from './store-errors.ts';
import type { PolicySupport } from './types.ts';

const DENIED = '.strata-probe/denied';
const FREE = '.strata-probe/free';

/**
 * Finds out whom a bucket policy binds, by denying one key to everybody and writing it all the same. The scratch bucket is left without a
 * policy. A store that denies whatever its policy does not allow is told by the other key: there our own keys are allowed by name.
 */
export async function probePolicies(bucket: string): Promise<PolicySupport> {
  try {
    const taken = await putWithOwn(bucket, allowOwnKeys(bucket));
    if (await mayWrite(bucket, DENIED)) return { binds: 'user', needsAllow: false };
    return { binds: 'bucket', needsAllow: taken && (await needsAllow(bucket)) };
  } finally {
    await putBucketPolicy(bucket, null);
  }
}

/** Puts a policy that denies a key which nobody uses, and takes it away again: some stores shut out whom a policy does not name. */
export async function tryPolicy(bucket: string): Promise<null> {
  await putWithOwn(bucket, allowOwnKeys(bucket));
  await putBucketPolicy(bucket, null);
  return null;
}

/** @returns whether the store takes access keys as principals */
async function putWithOwn(bucket: string, own: object | null): Promise<boolean> {
  if (own) {
    try {
      await put(bucket, [own, deny(bucket)]);
      return true;
    } catch (error) {
      if (statusOf(error) !== 400) throw error;
    }
  }
  await put(bucket, [deny(bucket)]);
  return false;
}

/** Asked with a policy that binds nobody's own rights: its only Deny names a key that is never written. */
async function needsAllow(bucket: string): Promise<boolean> {
  const objectsOnly = { ...allowOwnKeys(bucket), Resource: [`arn:aws:s3:::${bucket}`] };
  await put(bucket, [objectsOnly, deny(bucket)]);
  return !(await mayWrite(bucket, FREE));
}

/**
 * A statement that gives our identities what they have anyhow; null where keys are not known here (roles of AWS, which need none).
 * Principals by access key are VersityGW's way; AWS and MinIO refuse them, and then it is left out.
 */
function allowOwnKeys(bucket: string): object | null {
  const names = [...new Set((['app', 'upload', 'purge'] as const).flatMap((one) => ownKeys(one)?.accessKeyId ?? []))];
  if (names.length === 0) return null;
  return { ...ownAccess, Principal: { AWS: names }, Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] };
}
const ownAccess = { Sid: 'Own', Effect: 'Allow', Action: 's3:*' };

const deny = (bucket: string) => ({
  Sid: 'Probe',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${bucket}/${DENIED}`,
});

async function put(bucket: string, statements: object[]): Promise<void> {
  await putBucketPolicy(bucket, JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if ((await getBucketPolicy(bucket)) === null)
    throw new AppError('not_supported_by_store', 'The policy was taken and not kept.');
}

async function mayWrite(bucket: string, key: string): Promise<boolean> {
  try {
    await putBytes({ bucket, key }, 'probe', 'text/plain');
    return true;
  } catch (error) {
    if (isAccessDenied(error)) return false;
    throw error;
  }
}
