import type { Tx } from '#lib/db.ts';
import { type JobName, type JobPayloads, maxAttempts } from './definitions.ts';

/**
 * Adds a job in the transaction of the change that needs it: both happen or neither.
 * @param options.jobKey one waiting job for this key: a second one replaces the first
 * @param options.runAt not before this time
 */
export async function enqueue<N extends JobName>(
  tx: Pick<Tx, '$executeRaw'>,
  name: N,
  payload: JobPayloads[N],
  options: { jobKey?: string; runAt?: Date } = {},
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(
      ${name}::text, payload := ${JSON.stringify(payload)}::json, run_at := ${options.runAt ?? null}::timestamptz,
      job_key := ${options.jobKey ?? null}::text, max_attempts := ${maxAttempts}::int)`;
}
