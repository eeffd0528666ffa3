import type * as z from 'zod';
import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import type { retryJobsEndpoint } from './endpoints.ts';
import { findFailures } from './find-failures.ts';

type Answer = z.output<typeof retryJobsEndpoint.output>;

/**
 * Has failed jobs tried again now. One that is not there, not the actor's, already under way or done is refused on its own.
 * @throws AppError forbidden
 */
export async function retryJobs(actor: Actor, input: { ids: string[] }): Promise<Answer> {
  requireAnyLibraryAdmin(actor);
  const ids = [...new Set(input.ids.map(BigInt))];
  return db().$transaction(async (tx) => {
    const found = await findFailures(tx, actor, { ids, limit: ids.length });
    // A worker that takes one at this moment wins: what is locked is left alone.
    const rows = await tx.$queryRaw<{ id: bigint }[]>`
      SELECT "id" FROM graphile_worker.reschedule_jobs(${found.map(({ id }) => id)}::bigint[], run_at := now(), attempts := 0)`;
    const retried = new Set(rows.map(({ id }) => id));
    for (const { id, job, libraryId, path } of found) {
      if (retried.has(id)) await recordAudit(tx, actor, { type: 'job.retried', job }, { libraryId, path });
    }
    return {
      results: input.ids.map((id) =>
        retried.has(BigInt(id))
          ? { ok: true as const, id }
          : {
              ok: false as const,
              id,
              error: { code: 'not_found', detail: 'The job is under way or done, or it is not one of yours.' },
            },
      ),
    };
  });
}
