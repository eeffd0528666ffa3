import { db } from '#lib/db.ts';
import { staleSeconds } from './claim.ts';
import { enqueueRun } from './insert-operation.ts';

/** Operations looked at in one round. */
const most = 100;

/**
 * Gives a new job to every operation that should be running and shows no sign of life: its process died, in a request or in a
 * worker (whose job stays locked for hours), or its job used up its attempts.
 */
export async function resumeOperations(): Promise<number> {
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM "Operation" WHERE "state" IN ('queued', 'running')
      AND (("pausedAt" IS NULL AND ("waitsUntil" IS NULL OR "waitsUntil" <= now())) OR "cancelRequestedAt" IS NOT NULL)
      AND COALESCE("heartbeatAt", "createdAt") < now() - make_interval(secs => ${staleSeconds}::int)
    ORDER BY "id" LIMIT ${most}`;
  for (const { id } of rows) await db().$transaction((tx) => enqueueRun(tx, id));
  return rows.length;
}
