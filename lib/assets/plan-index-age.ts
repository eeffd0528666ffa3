import type * as z from 'zod';
import type { indexAge } from './schema.ts';

/** After this long without a comparison, a bucket that no events follow may hold what other tools wrote meanwhile. */
const staleAfterMs = 60 * 60 * 1000;

/**
 * How far a listing may be trusted. A bucket whose events arrive is live, some seconds behind; any other one is as fresh as its last
 * comparison, whoever made it: another tool may write into every bucket.
 * @param feed whether events follow the bucket, and the seconds that it is behind (lib/follow/plan-feed.ts)
 */
export function planIndexAge(
  library: { indexedAt: Date | null },
  feed: { followed: boolean; lagSeconds: number | null },
  now: Date,
): z.input<typeof indexAge> {
  const checkedAt = library.indexedAt?.toISOString() ?? null;
  if (!library.indexedAt) return { state: 'indexing', lagSeconds: null, progress: null, checkedAt };
  if (feed.followed) return { state: 'live', lagSeconds: feed.lagSeconds, progress: null, checkedAt };
  const age = now.getTime() - library.indexedAt.getTime();
  return { state: age > staleAfterMs ? 'stale' : 'live', lagSeconds: null, progress: null, checkedAt };
}
