import { db } from '#lib/db.ts';
import type { AppUnderTest } from './app-under-test.ts';

/** Milliseconds between two of them: a process that has just taken something up must get on with it before it is taken away again. */
const atMostEvery = 5_000;
let last = 0;

/**
 * As if all leases had run out and the crontab's minute had come: a process that is dead is found dead now, not in half a minute. One that
 * lives loses its claims as well, which it must bear. Asked for too soon after the last one it does nothing, unless `now` says that a
 * process has just been killed: what that one held is free.
 */
export async function hurry(app: AppUnderTest, { now = false } = {}): Promise<void> {
  if (!now && Date.now() - last < atMostEvery) return;
  last = Date.now();
  const old = new Date(Date.now() - 120_000);
  await db().upload.updateMany({ where: { state: 'completing' }, data: { lookAt: old } });
  await db().operation.updateMany({ where: { state: { in: ['queued', 'running'] } }, data: { heartbeatAt: old } });
  await db().indexShard.updateMany({ where: { state: 'running' }, data: { heartbeatAt: old } });
  await db().indexRun.updateMany({ where: { state: 'running' }, data: { startedAt: old } });
  const alive = app.workers.map((worker) => ({ host: { endsWith: `:${worker.pid()}` } }));
  await db().worker.updateMany({ where: { NOT: { OR: alive } }, data: { seenAt: old } });
  // Killed before it said that it lives. One that is about to say so keeps what it holds: it says so before it looks for silent ones.
  await db().$executeRaw`
    UPDATE graphile_worker._private_jobs j SET "locked_at" = ${old}
    WHERE NOT EXISTS (SELECT FROM "Worker" w WHERE j."locked_by" = ANY(w."queueIds")) AND j."locked_by" IS NOT NULL`;
  await app.cron('sweep-uploads', 'resume-operations', 'resume-index-runs');
}
