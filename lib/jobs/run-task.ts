import { databaseUnavailable, isDatabaseAway } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { log, withLogContext } from '#lib/log.ts';
import type { JobName } from './definitions.ts';

/**
 * Runs the work of a job: every line it logs names the job, and a failure leaves a sentence for people in the queue (`last_error`,
 * which the jobs page shows) and the whole reason in the log only.
 * @throws Error whose message is that sentence
 */
export function runTask(job: JobName, jobId: string, work: () => Promise<void>): Promise<void> {
  return withLogContext({ job, jobId }, async () => {
    const started = performance.now();
    try {
      await work();
      log().debug({ ms: Math.round(performance.now() - started) }, 'job done');
    } catch (err) {
      log().error({ err, ms: Math.round(performance.now() - started) }, 'job failed');
      throw new Error(sentenceOf(err, jobId));
    }
  });
}

function sentenceOf(error: unknown, jobId: string): string {
  if (error instanceof AppError) return error.detail;
  if (isDatabaseAway(error)) return databaseUnavailable(error).detail;
  return `Something failed on our side. The log finds the reason under job ${jobId}.`;
}
