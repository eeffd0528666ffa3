import { db } from '#lib/db.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { enqueueInspections, priorities } from './inspection-jobs.ts';

/** Versions of which this process asked lately; a page that is read again asks once. Oldest first, as a Set keeps them. */
const asked = new Set<string>();
const mostAsked = 50_000;

/**
 * What somebody looks at and nobody inspected yet, such as the files of an adopted bucket, is inspected now, before uploads of thousands.
 * Called with what a page shows; costs nothing when all of it is known.
 */
export async function requestInspections(versions: InspectedVersion[]): Promise<void> {
  const fresh = versions.filter((version) => !asked.has(nameOf(version)));
  if (fresh.length === 0) return;
  await enqueueInspections(db(), fresh, priorities.seen);
  for (const version of fresh) asked.add(nameOf(version));
  for (const name of asked) {
    if (asked.size <= mostAsked) break;
    asked.delete(name);
  }
}

const nameOf = ({ libraryId, key, versionId, etag }: InspectedVersion) => [libraryId, key, versionId, etag].join('\0');
