import { db } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { staleSeconds } from './claim-shard.ts';
import { enqueueIndexRun } from './start-index-run.ts';

/** Gives new jobs to every comparison that should go on and on which nobody works: its workers died, or gave up on the store. */
export async function resumeIndexRuns(): Promise<number> {
  const rows = await db().$queryRaw<{ id: bigint; begun: boolean }[]>`
    SELECT r."id", EXISTS (SELECT FROM "IndexShard" s WHERE s."runId" = r."id") AS "begun" FROM "IndexRun" r WHERE r."state" = 'running' AND r."startedAt" < now() - make_interval(secs => ${staleSeconds}::int)
      AND NOT EXISTS (SELECT FROM "IndexShard" s WHERE s."runId" = r."id" AND s."state" = 'running'
                      AND s."heartbeatAt" > now() - make_interval(secs => ${staleSeconds}::int))
    ORDER BY r."id"`;
  for (const { id, begun } of rows) {
    await db().$transaction((tx) =>
      begun
        ? enqueueIndexRun(tx, id)
        : enqueue(tx, 'rebuild-index', { runId: String(id) }, { jobKey: `rebuild-index:${id}` }),
    );
  }
  return rows.length;
}
