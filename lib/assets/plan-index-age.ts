import type * as z from 'zod';
import type { indexAge } from './schema.ts';

/** After this long without a comparison, an adopted bucket may hold what other tools wrote meanwhile. */
const staleAfterMs = 60 * 60 * 1000;

/**
 * How far a listing may be trusted. A bucket that Strata made has no other writers and is followed write by write, so it is live
 * from the start; one that was there before is as fresh as its last comparison.
 */
export function planIndexAge(
  library: { createdByApp: boolean; indexedAt: Date | null },
  now: Date,
): z.input<typeof indexAge> {
  const checkedAt = library.indexedAt?.toISOString() ?? null;
  if (!library.indexedAt) return { state: 'indexing', lagSeconds: null, progress: null, checkedAt };
  if (library.createdByApp) return { state: 'live', lagSeconds: null, progress: null, checkedAt };
  const age = now.getTime() - library.indexedAt.getTime();
  return {
    state: age > staleAfterMs ? 'stale' : 'live',
    lagSeconds: Math.max(0, Math.round(age / 1000)),
    progress: null,
    checkedAt,
  };
}
