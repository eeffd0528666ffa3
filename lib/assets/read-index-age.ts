import type * as z from 'zod';
import { planFeed } from '#lib/follow/plan-feed.ts';
import { readFeed } from '#lib/follow/read-feed.ts';
import { readUnrepaired } from '#lib/indexing/drift/read-unrepaired.ts';
import type { Coverage } from '#lib/indexing/reconcile/read-coverage.ts';
import { planIndexAge } from './plan-index-age.ts';
import type { indexAge } from './schema.ts';

/** How far what the index says of a library may be trusted now. */
export async function readIndexAge(
  library: { id: bigint; indexedAt: Date | null },
  coverage: Coverage | null = null,
): Promise<z.output<typeof indexAge>> {
  const [feed, differences] = await Promise.all([readFeed(library.id), readUnrepaired(library.id)]);
  const now = new Date();
  return planIndexAge(library, planFeed(feed, now), now, differences, coverage);
}
