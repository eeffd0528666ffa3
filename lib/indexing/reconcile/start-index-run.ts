import { db, type Tx } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { findShards } from './find-shards.ts';

/** Jobs that work on one run: two workers share it, and each leaves room for other jobs. */
const jobsPerRun = 2;

/**
 * Begins to compare a library with its bucket, or joins the comparison that is under way. Nothing is listed yet beyond a look around that
 * tells how to cut the work.
 * @param options.repair false: differences are only reported
 * @param options.enqueue false: the caller works on it by itself (`workOnRun`), as tests and scripts do
 * @throws AppError not_found, store_unavailable
 */
export async function startIndexRun(
  libraryId: bigint,
  options: { repair?: boolean; enqueue?: boolean } = {},
): Promise<{ runId: bigint; joined: boolean }> {
  const library = await requireLibraryById(libraryId);
  const running = await findRunningRun(libraryId);
  if (running) return { runId: running, joined: true };
  const shards = await findShards(library);
  return db().$transaction(async (tx) => {
    const kind = library.indexedAt === null ? 'first' : 'check';
    const made = await tx.$queryRaw<{ id: bigint }[]>`
      INSERT INTO "IndexRun" ("libraryId", "kind", "repair") VALUES (${libraryId}, ${kind}, ${options.repair ?? true})
      ON CONFLICT DO NOTHING RETURNING "id"`;
    const id = made[0]?.id;
    if (id === undefined) return { runId: (await findRunningRun(libraryId, tx)) as bigint, joined: true };
    await tx.indexShard.createMany({ data: shards.map((shard, position) => ({ ...shard, runId: id, position })) });
    if (options.enqueue ?? true) await enqueueIndexRun(tx, id);
    return { runId: id, joined: false };
  });
}

/** Adds the jobs that work on a run. Those that wait already are replaced, not doubled. */
export async function enqueueIndexRun(tx: Pick<Tx, '$executeRaw'>, runId: bigint, runAt?: Date): Promise<void> {
  for (let lane = 0; lane < jobsPerRun; lane += 1) {
    const jobKey = `reconcile-library:${runId}:${lane}`;
    await enqueue(tx, 'reconcile-library', { runId: String(runId) }, { jobKey, ...(runAt ? { runAt } : {}) });
  }
}

async function findRunningRun(libraryId: bigint, tx: Pick<Tx, '$queryRaw'> = db()): Promise<bigint | null> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM "IndexRun" WHERE "libraryId" = ${libraryId} AND "state" = 'running'`;
  return rows[0]?.id ?? null;
}
