import { hostname } from 'node:os';
import { db, type Tx } from '#lib/db.ts';
import { log } from '#lib/log.ts';
import { repeat } from './repeat.ts';
import type { WorkerTool } from './schema.ts';

/** Milliseconds between signs of life of a worker. */
const beatEvery = 5_000;
/** Seconds after which a worker without a sign of life is taken for dead. Longer than any pause of a busy machine. */
export const silentSeconds = 45;

/**
 * Says every few seconds that this worker lives, and gives back to the queue what silent ones held: graphile-worker itself waits
 * four hours before it takes the job of a killed process from it.
 * @param queueIds the names under which this process locks jobs
 * @returns stop: takes the row away, once nothing is in hand any more
 */
export function announceWorker(queueIds: () => string[], tools: WorkerTool[]): () => Promise<void> {
  const id = crypto.randomUUID();
  const startedAt = new Date();
  const stopBeating = repeat('worker-presence', beatEvery, async () => {
    await db().$executeRaw`
      INSERT INTO "Worker" ("id", "host", "queueIds", "tools", "startedAt")
      VALUES (${id}::uuid, ${`${hostname()}:${process.pid}`}, ${queueIds()}, ${JSON.stringify(tools)}::jsonb, ${startedAt})
      ON CONFLICT ("id") DO UPDATE SET "seenAt" = now(), "queueIds" = EXCLUDED."queueIds"`;
    await releaseSilentWorkers();
  });
  return async () => {
    await stopBeating();
    await db()
      .worker.deleteMany({ where: { id } })
      .catch((err) => log().warn({ err }, 'the database is away; this worker will be found silent'));
  };
}

/**
 * Puts the jobs of workers that fell silent back into the queue. Tasks are safe to run again, and those that write in steps hold
 * a claim of their own, so a worker that was only cut off loses nothing and doubles nothing.
 * @returns how many workers were given up
 */
export async function releaseSilentWorkers(): Promise<number> {
  const dead = await db().$transaction(async (tx) => {
    const rows = await takeSilent(tx);
    const ids = [...rows.flatMap((row) => row.queueIds), ...(await findUnknownHolders(tx))];
    if (ids.length > 0) {
      await dropReplaced(tx, ids);
      await tx.$executeRaw`SELECT graphile_worker.force_unlock_workers(${ids}::text[])`;
    }
    return rows;
  });
  for (const { id, host } of dead) log().warn({ worker: id, host }, 'a worker fell silent; its jobs were given back');
  return dead.length;
}

/** A worker takes jobs from its first moment and says so a moment later: one that was killed in between has no row that could fall silent. */
async function findUnknownHolders(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ holder: string }[]>`
    SELECT DISTINCT j."locked_by" AS "holder" FROM graphile_worker.jobs j
    WHERE j."locked_at" < now() - make_interval(secs => ${silentSeconds}::int)
      AND NOT EXISTS (SELECT FROM "Worker" w WHERE j."locked_by" = ANY(w."queueIds"))`;
  return rows.map((row) => row.holder);
}

/**
 * A job that was asked for again while it ran has lost its key to the new one, and its further attempts (graphile-worker's add_jobs). Its worker
 * died with it: left there it would be a failure for ever that nobody need retry. Every job of ours has a key (definitions.ts).
 */
async function dropReplaced(tx: Tx, holders: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM graphile_worker._private_jobs
    WHERE "locked_by" = ANY(${holders}::text[]) AND "key" IS NULL AND "attempts" >= "max_attempts"`;
}

function takeSilent(tx: Tx) {
  return tx.$queryRaw<{ id: string; host: string; queueIds: string[] }[]>`
    DELETE FROM "Worker" WHERE "id" IN (
      SELECT "id" FROM "Worker" WHERE "seenAt" < now() - make_interval(secs => ${silentSeconds}::int) FOR UPDATE SKIP LOCKED)
    RETURNING "id"::text, "host", "queueIds"`;
}
