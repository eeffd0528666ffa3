import { db, type Tx } from '#lib/db.ts';

/** A waiting job that is done together with the one that the queue gave out. */
export type Companion<P> = { id: bigint; payload: P };

/**
 * Takes waiting jobs like the one that is running, under the name of the same worker: the queue gives them to nobody else, and gets them back like any job
 * when the worker dies (worker-presence.ts). One that was begun before is left to its own turn, so that it spoils no other.
 * @param jobId of the running job
 * @param prefix of the keys of jobs that may come along
 */
export function takeCompany<P>(jobId: string, prefix: string, most: number): Promise<Companion<P>[]> {
  return db().$queryRaw<Companion<P>[]>`
    UPDATE graphile_worker._private_jobs j SET "locked_at" = now(), "locked_by" = lead."locked_by", "attempts" = j."attempts" + 1
    FROM (SELECT "locked_by", "task_id" FROM graphile_worker._private_jobs WHERE "id" = ${BigInt(jobId)}) lead
    WHERE lead."locked_by" IS NOT NULL AND j."id" IN (
      SELECT w."id" FROM graphile_worker._private_jobs w
      WHERE w."is_available" AND w."task_id" = lead."task_id" AND w."run_at" <= now() AND w."attempts" = 0 AND starts_with(w."key", ${prefix})
      ORDER BY w."priority", w."run_at" LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING j."id", j."payload"`;
}

/** They are done: in the transaction of what they did. */
export async function endCompany(tx: Pick<Tx, '$executeRaw'>, ids: bigint[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE "id" = ANY(${ids}::bigint[])`;
}

/** They are not done: each has its own turn now. One that was asked for again meanwhile has lost its key to the new job, which does it. */
export async function sendBack(ids: bigint[]): Promise<void> {
  if (ids.length === 0) return;
  await db().$executeRaw`
    WITH replaced AS (DELETE FROM graphile_worker._private_jobs WHERE "id" = ANY(${ids}::bigint[]) AND "key" IS NULL)
    UPDATE graphile_worker._private_jobs SET "locked_at" = NULL, "locked_by" = NULL WHERE "id" = ANY(${ids}::bigint[]) AND "key" IS NOT NULL`;
}
