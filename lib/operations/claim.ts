import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';

/** Milliseconds between signs of life of a runner. */
const beatEvery = 4_000;
/** Seconds after which a runner without a sign of life is taken for dead. */
export const staleSeconds = 30;

/** The runner's right to an operation. Every write of the runner asks for its token, so one that was taken over writes nothing. */
export type Claim = { operationId: bigint; token: string; takenOver: boolean; release: () => void };

/**
 * Takes an operation that waits, or whose runner died.
 * @returns null when it has ended, is only planned or paused, waits for a thaw or another one to end, or another runner is alive
 */
export async function claimOperation(operationId: bigint): Promise<Claim | null> {
  const token = crypto.randomUUID();
  const rows = await db().$queryRaw<{ takenOver: boolean }[]>`
    WITH free AS (
      SELECT "id", "state" = 'running' AS "takenOver" FROM "Operation"
      WHERE "id" = ${operationId} AND ("pausedAt" IS NULL OR "cancelRequestedAt" IS NOT NULL)
        AND ("waitsUntil" IS NULL OR "waitsUntil" <= now() OR "cancelRequestedAt" IS NOT NULL) AND ("state" = 'queued'
        OR ("state" = 'running' AND ("heartbeatAt" IS NULL OR "heartbeatAt" < now() - make_interval(secs => ${staleSeconds}::int))))
        AND NOT EXISTS (SELECT 1 FROM "Operation" before WHERE before."id" = "Operation"."afterId" AND before."state" IN ('queued', 'running'))
      FOR UPDATE)
    UPDATE "Operation" o SET "state" = 'running', "claimedBy" = ${token}, "heartbeatAt" = now(), "waitsUntil" = NULL, "startedAt" = COALESCE(o."startedAt", now())
    FROM free WHERE o."id" = free."id" RETURNING free."takenOver"`;
  const row = rows[0];
  if (!row) return null;
  const timer = setInterval(() => {
    beat(operationId, token).catch((error: unknown) =>
      log().warn({ err: error, operationId: String(operationId) }, 'no heartbeat'),
    );
  }, beatEvery);
  timer.unref();
  return { operationId, token, takenOver: row.takenOver, release: () => clearInterval(timer) };
}

async function beat(operationId: bigint, token: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Operation" SET "heartbeatAt" = now() WHERE "id" = ${operationId} AND "claimedBy" = ${token} AND "state" = 'running'`;
}
