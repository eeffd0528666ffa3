import { setTimeout as sleep } from 'node:timers/promises';
import { createBucket, deleteBucket } from './buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from './identity-policies.ts';
import { isAccessDenied } from './store-errors.ts';
import { listVersionsPage, removeVersion } from './versions.ts';

/** @returns null when the app may not create one, as is usual on AWS */
export async function makeScratchBucket(): Promise<string | null> {
  const bucket = `${SCRATCH_BUCKET_PREFIX}${crypto.randomUUID()}`;
  try {
    await createBucket(bucket);
    return bucket;
  } catch (error) {
    if (isAccessDenied(error)) return null;
    throw error;
  }
}

/**
 * Milliseconds without any progress, over and over from the start: on MinIO a file hides what is under its name until it is gone itself
 * (s3-facts 7c), and a version that was moved to a tier is listed until its copy there is gone, which took over 10 s (seen).
 */
const STUCK_AFTER = 60_000;

/** Destroys every version in a scratch bucket. Refuses any other. */
export async function emptyBucket(bucket: string): Promise<void> {
  if (!bucket.startsWith(SCRATCH_BUCKET_PREFIX)) throw new Error(`${bucket} is no scratch bucket.`);
  let left = '';
  let since = Date.now();
  for (let pause = 50; ; pause = Math.min(2 * pause, 2_000)) {
    const { versions } = await listVersionsPage({ bucket, prefix: '' });
    const [first] = versions;
    if (!first) return;
    const now = `${versions.length} versions, the first of ${first.key} ${first.versionId}`;
    if (now !== left) since = Date.now();
    left = now;
    if (Date.now() - since > STUCK_AFTER) throw new Error(`${bucket} still lists ${left}.`);
    for (const { key, versionId } of versions) await removeVersion({ bucket, key, versionId });
    if (versions.length >= 1000) continue;
    await sleep(pause);
  }
}

export async function removeScratchBucket(bucket: string): Promise<void> {
  await emptyBucket(bucket);
  await deleteBucket(bucket);
}
