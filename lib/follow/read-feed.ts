import { db } from '#lib/db.ts';
import type { FeedFacts } from './plan-feed.ts';

export type Feed = FeedFacts & { received: number; known: number; applied: number };

/** How long an answer serves every listing of this process: counting what waits walks the queue. Milliseconds. */
const keepMs = 1_000;

// Next keeps several module graphs in one process.
const holder = globalThis as { strataFeeds?: Map<bigint, { until: number; feed: Promise<Feed | null> }> };

/** How events reach a library and what waits, at most a second old. Null when nothing was ever set up for it. */
export function readFeed(libraryId: bigint): Promise<Feed | null> {
  holder.strataFeeds ??= new Map();
  const kept = holder.strataFeeds.get(libraryId);
  if (kept && kept.until > Date.now()) return kept.feed;
  const feed = readFeedNow(libraryId);
  holder.strataFeeds.set(libraryId, { until: Date.now() + keepMs, feed });
  // A failure is not kept: the next listing asks again.
  feed.catch(() => holder.strataFeeds?.delete(libraryId));
  return feed;
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
      -- A look that is put off for an upload of ours does not make the index late.
      SELECT count(*) AS "waiting", min(j."created_at") FILTER (WHERE j."run_at" <= now() OR j."attempts" > 0) AS "waitingSince"
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
