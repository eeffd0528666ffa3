import { type RunReport, readRunReport } from './read-run-report.ts';
import { startIndexRun } from './start-index-run.ts';
import { workOnRun } from './work-on-run.ts';

/**
 * Compares a library with its bucket, version by version, and makes the index say what the bucket says. In this process, without a job:
 * for tests, scripts and the rebuild. The worker does the same through `startIndexRun` and the job `reconcile-library`.
 *
 * - Called several times at once, in any processes, the callers share one run; each returns when nothing is left for it to take.
 * - Aborted or killed, the next call goes on from the checkpoints (of a dead process: after `staleSeconds`).
 * - It lists in shards, in bounded memory, and deletes nothing for being absent from a listing: such keys are asked for one by one.
 * - Changes of the bucket after the start of the run may or may not be seen; `Library.indexedAt` is the start.
 * @param options.repair false: differences are counted and kept in `IndexDifference`, and nothing is changed
 * @returns what differed, by cause. `state` is "running" when other callers are still at it
 * @throws AppError not_found, store_unavailable, database_unavailable; the signal's reason
 */
export async function reconcileLibrary(
  libraryId: bigint,
  options: {
    repair?: boolean;
    lanes?: number;
    staleSeconds?: number;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<RunReport> {
  const { repair, ...work } = options;
  const { runId } = await startIndexRun(libraryId, { enqueue: false, ...(repair === undefined ? {} : { repair }) });
  await workOnRun(runId, work);
  return readRunReport(runId);
}
