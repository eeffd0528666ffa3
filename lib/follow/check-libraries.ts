import { db } from '#lib/db.ts';
import { startIndexRun } from '#lib/indexing/reconcile/start-index-run.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { checkConnection } from './connect-events.ts';

/**
 * Begins a comparison, with repair, of every library: what events missed is found by it, and how fresh the index is becomes known. Asks each
 * bucket besides whether it still sends its events here. A library whose store is away does not keep the others waiting.
 * @returns how many comparisons were begun
 */
export async function checkLibraries(): Promise<number> {
  const libraries = await db().library.findMany({
    where: { removedAt: null },
    select: { id: true, slug: true },
    orderBy: { id: 'asc' },
  });
  let begun = 0;
  for (const { id, slug } of libraries) {
    try {
      const { joined } = await startIndexRun(id);
      if (!joined) begun += 1;
      await checkConnection(await requireLibraryById(id));
    } catch (error) {
      log().warn(
        { err: error, library: slug },
        'the scheduled comparison of a library was not begun; the next one is in an hour',
      );
    }
  }
  return begun;
}
