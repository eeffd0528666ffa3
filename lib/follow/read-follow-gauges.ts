import { db } from '#lib/db.ts';
import { planFeed } from './plan-feed.ts';
import { readFeedNow } from './read-feed.ts';

/** One number of one library, named as Prometheus wants it. */
export type Gauge = { name: FollowGauge; labels: { library: string }; value: number };
export type FollowGauge = keyof typeof followGauges;

export const followGauges = {
  strata_index_lag_seconds: 'Seconds that the index is behind the events of the store',
  strata_index_followed: '1 while events of the store keep the index up to date',
  strata_index_events_waiting: 'Looks at keys that events asked for and that wait',
  strata_index_events_received: 'Events of the store about this library since it was added',
  strata_index_drift_keys: 'Keys that differed at the last comparison',
} as const;

/** How far each index is behind its bucket, and what the last comparison found. */
export async function readFollowGauges(): Promise<Gauge[]> {
  const rows = await db().$queryRaw<{ id: bigint; slug: string; drift: number | null }[]>`
    SELECT l."id", l."slug", (
      SELECT coalesce(sum(cause.value::bigint), 0)::float8 FROM "IndexShard" s, jsonb_each_text(s."drift") cause
      WHERE s."runId" = (SELECT max(r."id") FROM "IndexRun" r
                         WHERE r."libraryId" = l."id" AND r."kind" = 'check' AND r."state" = 'done')
    ) AS "drift"
    FROM "Library" l WHERE l."removedAt" IS NULL ORDER BY l."id"`;
  const now = new Date();
  const gauges: Gauge[] = [];
  for (const { id, slug, drift } of rows) {
    const feed = await readFeedNow(id);
    const { followed, lagSeconds } = planFeed(feed, now);
    const set = (name: FollowGauge, value: number | null) => {
      if (value !== null) gauges.push({ name, labels: { library: slug }, value });
    };
    set('strata_index_followed', followed ? 1 : 0);
    set('strata_index_lag_seconds', lagSeconds);
    set('strata_index_events_waiting', feed?.waiting ?? 0);
    set('strata_index_events_received', feed?.received ?? 0);
    set('strata_index_drift_keys', drift);
  }
  return gauges;
}
