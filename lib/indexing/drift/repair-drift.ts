import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { startIndexRun } from '../reconcile/start-index-run.ts';
import { syncKey } from '../sync-key.ts';

/** Keys looked at at once. */
const lanes = 4;
/** Rows read at once. */
const batch = 500;

/**
 * Looks again at every key that a comparison found to differ, and then compares once more: repaired is only what is found equal. Where more
 * differ than are listed by name, that comparison repairs as well. Safe to run again after a crash.
 * @throws AppError store_unavailable, database_unavailable; the signal's reason: the next try goes on
 */
export async function repairDrift(runId: bigint, signal?: AbortSignal): Promise<void> {
  const run = await db().indexRun.findUnique({
    where: { id: runId },
    include: { shards: { select: { drift: true } } },
  });
  if (!run) return;
  const library = await requireLibraryById(run.libraryId);
  const where = { runId, repaired: false, cause: { not: 'unreadable' } };
  for (;;) {
    const rows = await db().indexDifference.findMany({ where, take: batch, orderBy: { id: 'asc' } });
    if (rows.length === 0) break;
    await inLanes(rows, lanes, async ({ id, path }) => {
      signal?.throwIfAborted();
      await syncKey(library, toKey(library, path));
      await db().indexDifference.update({ where: { id }, data: { repaired: true } });
    });
  }
  const listed = await db().indexDifference.count({ where: { runId } });
  const found = run.shards
    .flatMap(({ drift }) => Object.values(drift as Record<string, number>))
    .reduce((total, count) => total + count, 0);
  await startIndexRun(library.id, { repair: found > listed });
}
