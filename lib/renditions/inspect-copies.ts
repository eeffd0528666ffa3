import { db } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import type { InspectedVersion, JobPayloads } from '#lib/jobs/definitions.ts';
import { log } from '#lib/log.ts';
import { inspectVersion } from './inspect-version.ts';
import { enqueueInspections } from './inspection-jobs.ts';

/**
 * Inspects versions that an operation of ours made together, one after the other: mostly what is known of the bytes is taken over, which takes a
 * few milliseconds each. One that cannot be inspected now gets a job of its own, which is tried again.
 * @param inspect for tests
 * @throws what says that the database is away, or that the process stops; then all of them are looked at again, which is cheap for those done
 */
export async function inspectCopies(
  { libraryId, versions }: JobPayloads['inspect-copies'],
  signal: AbortSignal,
  inspect = inspectVersion,
): Promise<void> {
  const failed: InspectedVersion[] = [];
  for (const version of versions) {
    signal.throwIfAborted();
    const one = { libraryId, ...version };
    try {
      await inspect(one, signal);
    } catch (err) {
      if (signal.aborted || isDatabaseAway(err)) throw err;
      log().warn({ err, key: version.key }, 'a copy could not be inspected yet');
      failed.push(one);
    }
  }
  await enqueueInspections(db(), failed);
}
