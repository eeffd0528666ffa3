import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';
import { checkStore } from '#lib/storage/buckets.ts';

/** Milliseconds, as for the store: a balancer that asks gives up soon after. */
const databaseTimeout = 4_000;

/** Whether the database and the store answer now. The reasons of a "no" are logged, not shown. */
export async function checkReadiness(): Promise<{ database: boolean; store: boolean }> {
  const [database, store] = await Promise.allSettled([checkDatabase(), checkStore()]);
  for (const result of [database, store]) {
    if (result.status === 'rejected') log().warn({ err: result.reason }, 'not ready');
  }
  return { database: database.status === 'fulfilled', store: store.status === 'fulfilled' };
}

async function checkDatabase(): Promise<void> {
  const late = sleep(databaseTimeout, undefined, { ref: false }).then(() => {
    throw new Error(`The database did not answer in ${databaseTimeout} ms.`);
  });
  await Promise.race([db().$queryRaw`SELECT 1`, late]);
}
