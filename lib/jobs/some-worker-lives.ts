import { db } from '#lib/db.ts';
import { silentSeconds } from './worker-presence.ts';

/** Whether any worker said within the last 45 s that it lives: there is no use in waiting for what none would do. */
export async function someWorkerLives(): Promise<boolean> {
  const since = new Date(Date.now() - silentSeconds * 1000);
  return (await db().worker.count({ where: { seenAt: { gt: since } } })) > 0;
}
