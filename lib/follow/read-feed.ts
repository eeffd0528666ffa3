import { db } from '#lib/db.ts';
import { kept } from '#lib/kept.ts';
import type { FeedFacts } from './plan-feed.ts';

export type Feed = FeedFacts & { received: number; known: number; applied: number };

/** How long an answer serves every listing of this process: counting what waits walks the queue. Milliseconds. */
const keepMs = 1_000;

/** How events reach a library and what waits, at most a second old. Null when nothing was ever set up for it. */
export function readFeed(libraryId: bigint): Promise<Feed | null> {
  return kept(`feed ${libraryId}`, keepMs, () => readFeedNow(libraryId));
}

export async function readFeedNow(libraryId: bigint): Promise<Feed | null> {
  const rows = await db().$queryRaw<
    (Omit<Feed, 'waiting' | 'received' | 'known' | 'applied' | 'lastDelayMs'> & {
      lastDelayMs: bigint | null;
      waiting: bigint;
      received: bigint;
      known: bigint;
      applied: bigint;
    })[]
  >`
    SELECT f."source", f."connected", f."aliveAt", f."lastEventAt", f."lastDelayMs", f."received", f."known", f."applied",
           jobs."waiting", jobs."waitingSince"
    FROM "EventFeed" f
    CROSS JOIN LATERAL (
      -- A look that was put off for an upload of ours (its time came after it was written) makes the index late from that time on; one that
      -- failed, whenever it is tried again, and every other one, since it was first asked for.
      SELECT count(*) AS "waiting", min(
        CASE WHEN j."last_error" IS NULL AND j."run_at" > j."updated_at" THEN j."run_at" ELSE j."created_at" END
      ) FILTER (WHERE j."run_at" <= now() OR j."last_error" IS NOT NULL) AS "waitingSince"
      FROM graphile_worker.jobs j
      WHERE j."task_identifier" = 'sync-key' AND j."key" LIKE 'sync-key:' || f."libraryId" || ':%'
        AND j."attempts" < j."max_attempts"
    ) jobs
    WHERE f."libraryId" = ${libraryId}`;
  const row = rows[0];
  if (!row) return null;
  return {
    ...row,
    lastDelayMs: row.lastDelayMs === null ? null : Number(row.lastDelayMs),
    waiting: Number(row.waiting),
    received: Number(row.received),
    known: Number(row.known),
    applied: Number(row.applied),
  };
}
