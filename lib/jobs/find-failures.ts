import type { Actor } from '#lib/auth/actor.ts';
import { Prisma, type Tx } from '#lib/db.ts';
import type { JobFailure } from './schema.ts';

export type FailureRow = {
  id: bigint;
  job: string;
  libraryId: bigint | null;
  slug: string | null;
  name: string | null;
  path: string | null;
  sentence: string;
  attempts: number;
  maxAttempts: number;
  failedAt: Date;
  nextAt: Date | null;
};

/**
 * Jobs that failed and are in nobody's hands, newest first, as far as they concern libraries that the actor administers. A job names its
 * library itself, or through its operation or comparison; one that belongs to none concerns whoever administers all of them.
 * `_private_jobs` is graphile-worker's own table: its public view leaves the payload out. The version is pinned, and a test reads it.
 */
export function findFailures(
  tx: Pick<Tx, '$queryRaw'>,
  actor: Actor,
  where: { before?: bigint; ids?: bigint[]; limit: number },
): Promise<FailureRow[]> {
  const administered = actor.grants
    .filter((grant) => grant.prefix === '' && grant.role === 'admin')
    .map((grant) => grant.libraryId);
  const before = where.before === undefined ? Prisma.empty : Prisma.sql`AND j."id" < ${where.before}`;
  const among = where.ids === undefined ? Prisma.empty : Prisma.sql`AND j."id" = ANY(${where.ids}::bigint[])`;
  return tx.$queryRaw<FailureRow[]>`
    SELECT j."id", t."identifier" AS "job", l."id" AS "libraryId", l."slug", l."name",
           CASE WHEN starts_with(j."payload"->>'key', l."rootPrefix")
             THEN substr(j."payload"->>'key', length(l."rootPrefix") + 1) END AS "path",
           j."last_error" AS "sentence", j."attempts"::int AS "attempts", j."max_attempts"::int AS "maxAttempts",
           j."updated_at" AS "failedAt", CASE WHEN j."attempts" < j."max_attempts" THEN j."run_at" END AS "nextAt"
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
    LEFT JOIN "Operation" o ON o."id" = (j."payload"->>'operationId')::bigint
    LEFT JOIN "IndexRun" r ON r."id" = (j."payload"->>'runId')::bigint
    LEFT JOIN "Library" l ON l."id" = COALESCE((j."payload"->>'libraryId')::bigint, o."libraryId", r."libraryId")
    WHERE j."last_error" IS NOT NULL AND j."locked_at" IS NULL ${before} ${among}
      AND CASE WHEN l."id" IS NULL
        THEN NOT EXISTS (SELECT 1 FROM "Library" x WHERE NOT x."id" = ANY(${administered}::bigint[]))
        ELSE l."id" = ANY(${administered}::bigint[]) END
    ORDER BY j."id" DESC LIMIT ${where.limit}`;
}

export function toJobFailure(row: FailureRow): JobFailure {
  return {
    id: String(row.id),
    job: row.job,
    library: row.slug !== null && row.name !== null ? { slug: row.slug, name: row.name } : null,
    path: row.path,
    sentence: row.sentence,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    failedAt: row.failedAt.toISOString(),
    nextAt: row.nextAt?.toISOString() ?? null,
  };
}
