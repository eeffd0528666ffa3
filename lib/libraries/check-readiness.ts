import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';
import { checkStore } from '#lib/storage/buckets.ts';

/** Whether the database and the store answer now. The reasons of a "no" are logged, not shown. */
export async function checkReadiness(): Promise<{ database: boolean; store: boolean }> {
  const [database, store] = await Promise.allSettled([db().$queryRaw`SELECT 1`, checkStore()]);
  for (const result of [database, store]) {
    if (result.status === 'rejected') log().warn({ err: result.reason }, 'not ready');
  }
  return { database: database.status === 'fulfilled', store: store.status === 'fulfilled' };
}
