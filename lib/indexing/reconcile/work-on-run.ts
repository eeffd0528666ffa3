import { db } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { recordChange } from '../record-change.ts';
import { claimShard, ShardLost } from './claim-shard.ts';
import { type RunKind, runShard } from './run-shard.ts';

/** Shards at once in one process. */
const lanesOfProcess = 2;

/**
 * Takes shards of a run, one after the other, until none is left to take; whoever finishes the last one finishes the run. Any number of
 * workers may do this at once, and any may die.
 * @param options.staleSeconds after this long without a sign of life a worker's shard is taken over; for tests
 * @throws AppError store_unavailable, database_unavailable: what was done is kept, and said in the run; the signal's reason
 */
export async function workOnRun(
  runId: bigint,
  options: { signal?: AbortSignal | undefined; lanes?: number; staleSeconds?: number } = {},
): Promise<void> {
  const run = await db().indexRun.findUnique({ where: { id: runId } });
  if (run?.state !== 'running') return;
  const library = await requireLibraryById(run.libraryId);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  const lane = async () => {
    for (let claim = await next(); claim; claim = await next()) {
      try {
        await runShard(claim, { library, kind: run.kind as RunKind, repair: run.repair }, signal);
      } catch (error) {
        // Another worker took it over and goes on with it.
        if (!(error instanceof ShardLost)) throw error;
      }
    }
  };
  const next = async () => {
    signal.throwIfAborted();
    return claimShard(runId, options.staleSeconds);
  };
  const lanes = Array.from({ length: options.lanes ?? lanesOfProcess }, () =>
    lane().catch((error: unknown) => {
      // The others stop at their next window: what went wrong for one goes wrong for all.
      stop.abort(error);
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (failed) {
    const error = options.signal?.aborted ? options.signal.reason : stop.signal.reason;
    if (error instanceof AppError && !isDatabaseAway(error)) {
      await db().indexRun.update({ where: { id: runId }, data: { problem: error.detail } });
    }
    throw error;
  }
  await finishIndexRun(runId);
}

/** Ends a run whose shards are all done, once: the index agrees with the bucket as it was when the run began. */
async function finishIndexRun(runId: bigint): Promise<void> {
  const kind = await db().$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ libraryId: bigint; kind: string; startedAt: Date; repair: boolean }[]>`
      UPDATE "IndexRun" SET "state" = 'done', "finishedAt" = now(), "problem" = NULL
      WHERE "id" = ${runId} AND "state" = 'running'
        AND EXISTS (SELECT FROM "IndexShard" WHERE "runId" = ${runId})
        AND NOT EXISTS (SELECT FROM "IndexShard" WHERE "runId" = ${runId} AND "state" <> 'done')
      RETURNING "libraryId", "kind", "startedAt", "repair"`;
    const run = rows[0];
    if (!run) return null;
    if (run.repair) {
      await tx.$executeRaw`
        UPDATE "Library" SET "indexedAt" = greatest("indexedAt", ${run.startedAt}::timestamptz) WHERE "id" = ${run.libraryId}`;
    }
    await recordChange(tx, run.libraryId, 'folder', '', '');
    return run.kind;
  });
  // Until the statistics are new, Postgres plans searches for tables that were empty; autovacuum comes by once a minute.
  if (kind === 'first' || kind === 'rebuild') await db().$executeRaw`ANALYZE "Asset", "Version", "Folder"`;
}
