import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { storeClient } from './store-client.ts';

/** The store's own administrator: as another tool would set a bucket up, and take it away again. */
const client = storeClient(process.env.MINIO_ROOT_USER, process.env.MINIO_ROOT_PASSWORD);

export const foreignPolicy = (bucket: string) => ({
  Sid: 'Website',
  Effect: 'Allow',
  Action: ['s3:GetObject'],
  Resource: [`arn:aws:s3:::${bucket}/*`],
});

/** A bucket as somebody else made it: bare, or open to the world and with rules of its own. */
export async function makeBucketByOthers({ misconfigured }: { misconfigured: boolean }) {
  const bucket = `others-${crypto.randomUUID().slice(0, 13)}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  if (misconfigured) {
    const Statement = [{ ...foreignPolicy(bucket), Principal: '*' }];
    await client.send(
      new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
    );
    const rule = { ID: 'by-hand', Status: 'Enabled' as const, Filter: { Prefix: 'old/' }, Expiration: { Days: 400 } };
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules: [rule] } }),
    );
  }
  return { bucket, remove: () => removeBucket(bucket) };
}

async function removeBucket(bucket: string): Promise<void> {
  await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
  await client.send(new DeleteBucketCommand({ Bucket: bucket }));
}

export async function versioningOf(bucket: string) {
  return (await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status;
}

export async function policyOf(bucket: string) {
  const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  return JSON.parse(Policy ?? '{}');
}

export async function lifecycleOf(bucket: string) {
  return (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules ?? [];
}

/** Puts small files, as another tool would. */
export async function putInto(bucket: string, keys: string[]): Promise<void> {
  for (const Key of keys)
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `${Key} ${crypto.randomUUID()}` }));
}

export async function deleteFrom(bucket: string, keys: string[]): Promise<void> {
  for (const Key of keys) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}

/** Every version as "key versionId", in the order of the store. */
export async function keysIn(bucket: string): Promise<string[]> {
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  return Versions.map(({ Key, VersionId }) => `${Key} ${VersionId}`);
}
