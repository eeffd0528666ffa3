import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { hasName } from './store-errors.ts';

/** The bucket's policy as text, null when it has none. @throws AppError store_unavailable, not_supported_by_store */
export async function getBucketPolicy(bucket: string): Promise<string | null> {
  try {
    const { Policy } = await callStore('app', 'Reading the bucket policy', (client) =>
      client.send(new GetBucketPolicyCommand({ Bucket: bucket })),
    );
    return Policy ? Policy : null;
  } catch (error) {
    if (hasName(error, 'NoSuchBucketPolicy')) return null;
    throw error;
  }
}

/** Replaces the whole policy; null removes it. At most 20 KB. */
export async function putBucketPolicy(bucket: string, policy: string | null): Promise<void> {
  await callStore('app', 'Setting the bucket policy', async (client) => {
    if (policy === null) await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    else await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
  });
}
