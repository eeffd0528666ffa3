import type { Tx } from '#lib/db.ts';
import { type JobName, type JobPayloads, maxAttempts } from './definitions.ts';

/**
 * Adds a job in the transaction of the change that needs it: both happen or neither.
 * @param options.jobKey one waiting job for this key: a second one replaces the first
 * @param options.runAt not before this time
 * @param options.priority a smaller number runs first; 0 for what a person waits for
 */
export async function enqueue<N extends JobName>(
  tx: Pick<Tx, '$executeRaw'>,
  name: N,
  payload: JobPayloads[N],
  options: { jobKey?: string; runAt?: Date; priority?: number } = {},
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(
      ${name}::text, payload := ${JSON.stringify(payload)}::json, run_at := ${options.runAt ?? null}::timestamptz,
      job_key := ${options.jobKey ?? null}::text, max_attempts := ${maxAttempts}::int, priority := ${options.priority ?? 0}::int)`;
}

/** `enqueue` for many jobs of one name, in one call of the queue: a call for each costs a millisecond of the database. Of two with one key the last counts. */
export async function enqueueAll<N extends JobName>(
  tx: Pick<Tx, '$executeRaw'>,
  name: N,
  jobs: { payload: JobPayloads[N]; jobKey: string }[],
  options: { priority?: number } = {},
): Promise<void> {
  if (jobs.length === 0) return;
  const { priority = 0 } = options;
  // The queue takes no key twice in one call.
  const specs = [...new Map(jobs.map((job) => [job.jobKey, job])).values()].map(({ payload, jobKey }) => ({
    identifier: name,
    payload,
    job_key: jobKey,
    max_attempts: maxAttempts,
    priority,
  }));
  await tx.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs(
      ARRAY(SELECT spec FROM json_populate_recordset(NULL::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) spec))`;
}
