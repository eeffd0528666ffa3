import { env } from '#lib/env.ts';
import { knownCapabilities } from './known-capabilities.ts';
import { probeBucketSettings } from './probe-bucket-settings.ts';
import { probeLifecycle } from './probe-lifecycle.ts';
import { probeObjects } from './probe-objects.ts';
import { probePolicies } from './probe-policies.ts';
import { probeStorageClasses } from './probe-storage-classes.ts';
import { makeScratchBucket, removeScratchBucket } from './scratch-bucket.ts';
import { probeHeaderSmuggling } from './smuggling-probe.ts';
import { toStoreError } from './store-errors.ts';
import type { StoreCapabilities } from './types.ts';

/** Best guess from the `Server` header; AWS when no endpoint is set. It decides wording, never behaviour. */
async function guessProduct(): Promise<StoreCapabilities['product']> {
  const { S3_ENDPOINT } = env();
  if (!S3_ENDPOINT) return 'aws';
  try {
    const answer = await fetch(S3_ENDPOINT, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
    await answer.body?.cancel();
    const server = (answer.headers.get('server') ?? '').toLowerCase();
    if (server.includes('amazons3')) return 'aws';
    if (server.includes('minio') || server.includes('silo')) return 'minio';
    return server.includes('versitygw') ? 'versitygw' : 'other';
  } catch (cause) {
    // fetch wraps the network's error.
    throw toStoreError(cause instanceof TypeError ? cause.cause : cause, 'Asking the store for its name');
  }
}

/**
 * Finds out what the store supports, by trying it in a scratch bucket that is removed again. Where the app may not create one,
 * the answer is what is known of the product, and says so; then only the smuggling probe touches `bucket`, under a prefix of its own.
 * @throws AppError store_unavailable when the store is away: then nothing is known, and the old profile stays
 */
export async function probeCapabilities(bucket: string): Promise<StoreCapabilities> {
  const product = await guessProduct();
  const probedAt = new Date().toISOString();
  const scratch = await makeScratchBucket();
  if (scratch === null) {
    const headerSmuggling = await probeHeaderSmuggling(bucket);
    return { probedAt, product, ...knownCapabilities(product), headerSmuggling, probed: false, leftBehind: null };
  }
  let leftBehind: string | null = null;
  const found = await probeIn(scratch).finally(async () => {
    const [removal] = await Promise.allSettled([removeScratchBucket(scratch)]);
    if (removal.status === 'rejected') leftBehind = scratch;
  });
  return { probedAt, product, ...found, probed: true, leftBehind };
}

async function probeIn(scratch: string) {
  const settings = await probeBucketSettings(scratch);
  const objects = await probeObjects(scratch);
  const storageClasses = await probeStorageClasses(scratch);
  const lifecycleRules = settings.lifecycle.supported ? { lifecycleRules: await probeLifecycle(scratch) } : {};
  const headerSmuggling = await probeHeaderSmuggling(scratch);
  // The last: on some stores a policy shuts the app out of the bucket until it is gone.
  const policies = settings.bucketPolicy.supported ? { policies: await probePolicies(scratch) } : {};
  return { ...settings, ...objects, storageClasses, ...lifecycleRules, headerSmuggling, ...policies };
}
