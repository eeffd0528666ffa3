import { db } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import type { InspectedVersion, JobPayloads } from '#lib/jobs/definitions.ts';
import { log } from '#lib/log.ts';
import { carryOverInspections } from './carry-over-inspection.ts';
import { findInspectedLibrary } from './find-inspected.ts';
import { inspectVersion } from './inspect-version.ts';
import { enqueueInspections } from './inspection-jobs.ts';

/**
 * Inspects versions that an operation of ours made together: mostly what is known of the bytes is taken over, for all at once. The others
 * follow one after the other. One that cannot be inspected now gets a job of its own, which is tried again.
 * @param inspect for tests
 * @throws what says that the database is away, or that the process stops; then all of them are looked at again, which is cheap for those done
 */
export async function inspectCopies(
  { libraryId, versions }: JobPayloads['inspect-copies'],
  signal: AbortSignal,
  inspect = inspectVersion,
): Promise<void> {
  const failed: InspectedVersion[] = [];
  const library = await findInspectedLibrary(BigInt(libraryId));
  if (!library) return;
  const carried = await carryOverInspections(library, versions);
  for (const version of versions) {
    if (carried.has(version)) continue;
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
