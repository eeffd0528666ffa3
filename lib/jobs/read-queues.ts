import { db } from '#lib/db.ts';
import type { QueueView } from './schema.ts';

/** The queues by job name, with what is due, not due yet, in hand, and given up; `oldestSeconds` is how long the first has been due. */
export async function readQueues(): Promise<QueueView[]> {
  return db().$queryRaw<QueueView[]>`
    SELECT "task_identifier" AS "job",
           count(*) FILTER (WHERE "locked_at" IS NULL AND "attempts" < "max_attempts" AND "run_at" <= now())::int AS "waiting",
           count(*) FILTER (WHERE "locked_at" IS NULL AND "attempts" < "max_attempts" AND "run_at" > now())::int AS "later",
           count(*) FILTER (WHERE "locked_at" IS NOT NULL)::int AS "running",
           count(*) FILTER (WHERE "locked_at" IS NULL AND "attempts" >= "max_attempts")::int AS "failed",
           extract(epoch FROM now() - min("run_at")
             FILTER (WHERE "locked_at" IS NULL AND "attempts" < "max_attempts" AND "run_at" <= now()))::float8 AS "oldestSeconds"
    FROM graphile_worker.jobs GROUP BY "task_identifier" ORDER BY "task_identifier"`;
}
