import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';
import { saveTally } from '../drift/save-tally.ts';
import type { Tally } from '../drift/tally.ts';
import type { Difference } from './reconcile-window.ts';

/** Milliseconds between signs of life. */
const beatEvery = 4_000;
/** Seconds after which a worker without a sign of life is taken for dead, and its shard for free. */
export const staleSeconds = 30;

/** Another worker took the shard over; what this one still finds is found there again. */
export class ShardLost extends Error {}

export type ShardClaim = {
  runId: bigint;
  position: number;
  token: string;
  after: string;
  upTo: string | null;
  checkpoint: string | null;
  release: () => void;
};

/** Takes the next shard of a run that waits, or whose worker died. Null: nothing is left to take. */
export async function claimShard(runId: bigint, stale = staleSeconds): Promise<ShardClaim | null> {
  const token = crypto.randomUUID();
  const rows = await db().$queryRaw<
    { position: number; after: string; upTo: string | null; checkpoint: string | null }[]
  >`
    UPDATE "IndexShard" SET "state" = 'running', "claimedBy" = ${token}, "heartbeatAt" = now()
    WHERE "runId" = ${runId} AND "position" = (
      SELECT s."position" FROM "IndexShard" s JOIN "IndexRun" r ON r."id" = s."runId" AND r."state" = 'running'
      WHERE s."runId" = ${runId} AND (s."state" = 'waiting'
        OR (s."state" = 'running' AND s."heartbeatAt" < now() - make_interval(secs => ${stale}::double precision)))
      ORDER BY s."position" LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
    RETURNING "position", "after", "upTo", "checkpoint"`;
  const row = rows[0];
  if (!row) return null;
  const timer = setInterval(() => {
    beat(runId, row.position, token).catch((error: unknown) =>
      log().warn({ err: error, runId: String(runId), shard: row.position }, 'no heartbeat'),
    );
  }, beatEvery);
  timer.unref();
  return { runId, token, ...row, release: () => clearInterval(timer) };
}

async function beat(runId: bigint, position: number, token: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "IndexShard" SET "heartbeatAt" = now() WHERE "runId" = ${runId} AND "position" = ${position} AND "claimedBy" = ${token}`;
}

/** Gives a shard back where it stands, for another worker to go on with. */
export async function returnShard({ runId, position, token }: ShardClaim): Promise<void> {
  await db().$executeRaw`
    UPDATE "IndexShard" SET "state" = 'waiting', "claimedBy" = NULL, "heartbeatAt" = NULL
    WHERE "runId" = ${runId} AND "position" = ${position} AND "claimedBy" = ${token} AND "state" = 'running'`;
}

export type ShardProgress = {
  keys: number;
  versions: number;
  bytes: number;
  tally?: Tally | undefined;
  differences: (Difference & { repaired: boolean })[];
};
/** Differences kept by name for one shard; beyond it they are only counted. */
const mostKept = 1_000;

/**
 * Adds what a window gave, and remembers how far the shard is, in one transaction: a worker that takes over counts nothing twice.
 * @param at the last path that was compared, null for the end of the shard
 * @throws ShardLost when another worker has it
 */
export async function saveProgress(
  { runId, position, token }: ShardClaim,
  at: string | null,
  progress: ShardProgress,
): Promise<void> {
  const drift: Record<string, number> = {};
  for (const { cause } of progress.differences) drift[cause] = (drift[cause] ?? 0) + 1;
  await db().$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ kept: number }[]>`
      UPDATE "IndexShard" SET
        "checkpoint" = coalesce(${at}::text, "checkpoint"), "state" = CASE WHEN ${at === null}::boolean THEN 'done' ELSE "state" END,
        "heartbeatAt" = now(), "keys" = "keys" + ${progress.keys}, "versions" = "versions" + ${progress.versions},
        "bytes" = "bytes" + ${progress.bytes}, "drift" = (
          SELECT coalesce(jsonb_object_agg(k, coalesce(("drift"->>k)::bigint, 0) + coalesce((g.d->>k)::bigint, 0)), '{}')
          FROM (SELECT ${JSON.stringify(drift)}::jsonb AS d) g,
               LATERAL (SELECT jsonb_object_keys("drift") AS k UNION SELECT jsonb_object_keys(g.d)) keys)
      WHERE "runId" = ${runId} AND "position" = ${position} AND "claimedBy" = ${token} AND "state" = 'running'
      RETURNING (SELECT coalesce(sum(value::bigint), 0)::float8 FROM jsonb_each_text("drift")) AS "kept"`;
    const row = rows[0];
    if (!row) throw new ShardLost(`Shard ${position} of run ${runId} has another worker.`);
    if (progress.tally) await saveTally(tx, runId, position, progress.tally);
    const before = row.kept - progress.differences.length;
    const kept = progress.differences.slice(0, Math.max(0, mostKept - before));
    if (kept.length === 0) return;
    await tx.indexDifference.createMany({ data: kept.map((one) => ({ ...one, runId })), skipDuplicates: true });
  });
}
