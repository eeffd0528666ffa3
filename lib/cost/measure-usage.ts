import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { countRequests } from './count-requests.ts';
import { findLeftovers } from './find-leftovers.ts';
import { readUsage } from './read-usage.ts';
import { requirePrices } from './require-prices.ts';

/**
 * Measures what a library holds by class, first folder, kind and age, and keeps it. For the worker: it reads every version of the
 * index, piece by piece, and asks the store for unfinished uploads. What changes meanwhile is counted as it was or as it is.
 * @param atOnce ids of assets in a piece
 */
export async function measureUsage(library: LibraryContext, atOnce?: bigint): Promise<void> {
  const { prices } = await requirePrices(library.id);
  const [rows, leftovers, requests] = await Promise.all([
    readUsage(library.id, prices, atOnce),
    findLeftovers(library),
    countRequests(library.id),
  ]);
  const kept = { measuredAt: new Date(), rows, leftovers, requests };
  await db().usageSnapshot.upsert({
    where: { libraryId: library.id },
    create: { libraryId: library.id, ...kept },
    update: kept,
  });
}
