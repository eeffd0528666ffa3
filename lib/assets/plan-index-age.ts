import type * as z from 'zod';
import type { indexAge } from './schema.ts';

/** After this long without a comparison, a bucket that no events follow may hold what other tools wrote meanwhile. */
const staleAfterMs = 60 * 60 * 1000;

/**
 * How far a listing may be trusted. A bucket whose events arrive is live, some seconds behind; any other one is as fresh as its last
 * comparison, whoever made it: another tool may write into every bucket.
 * @param feed whether events follow the bucket, and the seconds that it is behind (lib/follow/plan-feed.ts)
 * @param differences that a comparison found and nobody repaired yet
 * @param coverage how far the first listing is, where that was asked
 */
export function planIndexAge(
  library: { indexedAt: Date | null },
  feed: { followed: boolean; lagSeconds: number | null },
  now: Date,
  differences: number,
  coverage: { progress: number; secondsLeft: number | null } | null = null,
): z.output<typeof indexAge> {
  const checkedAt = library.indexedAt?.toISOString() ?? null;
  const whole = { lagSeconds: null, progress: null, secondsLeft: null, checkedAt, differences, fromStore: false };
  if (!library.indexedAt) {
    const { progress, secondsLeft } = coverage ?? whole;
    return { ...whole, state: 'indexing', progress, secondsLeft };
  }
  if (feed.followed) return { ...whole, state: 'live', lagSeconds: feed.lagSeconds };
  const age = now.getTime() - library.indexedAt.getTime();
  return { ...whole, state: age > staleAfterMs ? 'stale' : 'live' };
}
