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

/** Rounds of emptying: on MinIO a file hides what is under its name until it is gone itself (s3-facts 7c). */
const ROUNDS = 7;

/** Destroys every version in a scratch bucket. Refuses any other. */
export async function emptyBucket(bucket: string): Promise<void> {
  if (!bucket.startsWith(SCRATCH_BUCKET_PREFIX)) throw new Error(`${bucket} is no scratch bucket.`);
  let left: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { versions } = await listVersionsPage({ bucket, prefix: '' });
    if (versions.length === 0) return;
    left = versions.slice(0, 3).map(({ key, versionId }) => `${key}?versionId=${versionId}`);
    // From the start again each time: what was listed is gone.
    for (const { key, versionId } of versions) await removeVersion({ bucket, key, versionId });
    if (versions.length >= 1000) round--;
    // MinIO lists a version that it had moved to a tier for a moment after it was removed (seen).
    else await sleep(100 * 2 ** round);
  }
  throw new Error(`${bucket} still lists versions after ${ROUNDS} rounds: ${left.join(', ')}`);
}

export async function removeScratchBucket(bucket: string): Promise<void> {
  await emptyBucket(bucket);
  await deleteBucket(bucket);
}
