import { createBucket, deleteBucket, enableVersioning } from '#lib/storage/buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { abortMultipart, listMultiparts } from '#lib/storage/multipart.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';

const NEEDED = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'S3_UPLOAD_ACCESS_KEY_ID',
  'S3_UPLOAD_SECRET_ACCESS_KEY',
  'S3_PURGE_ACCESS_KEY_ID',
  'S3_PURGE_SECRET_ACCESS_KEY',
];

/**
 * Fails with one clear sentence when the test store is not there, or is not a local one: tests destroy what they made.
 */
export function requireTestStore(): { endpoint: string } {
  const missing = NEEDED.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(`Storage tests need a running store. Run them with \`npm test\`; not set: ${missing.join(', ')}.`);
  }
  const endpoint = String(process.env.S3_ENDPOINT);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname)) {
    throw new Error(`Storage tests run against a local store only, and S3_ENDPOINT is ${endpoint}.`);
  }
  return { endpoint };
}

/** A fresh bucket with versioning for one test file, and its removal. */
export async function makeTestBucket(): Promise<{ bucket: string; remove: () => Promise<void> }> {
  requireTestStore();
  const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
  await createBucket(bucket);
  await enableVersioning(bucket);
  return {
    bucket,
    remove: async () => {
      // MinIO lists unfinished uploads of a whole bucket for the empty prefix only.
      for (const { key, storeUploadId } of await listMultiparts({ bucket, prefix: '' })) {
        await abortMultipart({ ref: { bucket, key }, storeUploadId });
      }
      await emptyBucket(bucket);
      await deleteBucket(bucket);
    },
  };
}

/** Sends a presigned request as a browser would, with headers that a hostile page might add. */
export async function sendSigned(
  signed: { method: string; url: string; headers: Record<string, string> },
  body?: BodyInit,
  added: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const answer = await fetch(signed.url, {
    method: signed.method,
    headers: { ...signed.headers, ...added },
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
