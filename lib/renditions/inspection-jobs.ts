import { hash } from 'node:crypto';
import type { Tx } from '#lib/db.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { enqueue, enqueueAll } from '#lib/jobs/enqueue.ts';

/**
 * Smaller runs first; operations of people have 0. A picture that somebody looks for comes before those of an upload of thousands, and so does one that is
 * only taken over: a file that was moved had one before.
 */
export const priorities = { seen: 5, copied: 8, uploaded: 10, preview: 20, again: 30 } as const;

/** One waiting job for one version. Keys are too long for the queue, so it is their hash. */
export function jobKeyOf(name: string, { libraryId, key, versionId, etag }: InspectedVersion): string {
  return `${name}:${libraryId}:${hash('sha256', `${key}\0${versionId}\0${etag}`, 'base64url').slice(0, 22)}`;
}

/** Has versions inspected, in the transaction that made them known. */
export async function enqueueInspections(
  tx: Pick<Tx, '$executeRaw'>,
  versions: InspectedVersion[],
  priority: number = priorities.uploaded,
): Promise<void> {
  const jobs = versions.map((payload) => ({ payload, jobKey: jobKeyOf('inspect', payload) }));
  await enqueueAll(tx, 'inspect', jobs, { priority });
}

/**
 * The same for what an operation made together: one job for all. A job costs the database more than the row of its version, and what is known of
 * the bytes is mostly taken over.
 */
export async function enqueueCopied(
  tx: Pick<Tx, '$executeRaw'>,
  libraryId: bigint,
  versions: Omit<InspectedVersion, 'libraryId'>[],
): Promise<void> {
  if (versions.length === 0) return;
  const payload = { libraryId: String(libraryId), versions };
  await enqueue(tx, 'inspect-copies', payload, { priority: priorities.copied });
}
