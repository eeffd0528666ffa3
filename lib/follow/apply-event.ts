import { db, type Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { reconcileFolder } from '#lib/indexing/reconcile/reconcile-folder.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { findKnownEvents } from './find-known-events.ts';

/**
 * Brings the key of a reported event up to date, unless the index has caught up meanwhile (an upload of ours that completed), and notes
 * how far behind the store the index was with it: not at all where it knew.
 * @throws AppError store_unavailable, database_unavailable: the job is tried again
 */
export async function applyEvent(job: JobPayloads['sync-key'], signal?: AbortSignal): Promise<void> {
  const library = await findLibrary(BigInt(job.libraryId));
  if (!library) return;
  const path = toPath(library, job.key);
  const reported = { libraryId: library.id, path: path ?? '', event: job.event };
  const known = (await findKnownEvents([reported])).size > 0;
  if (!known) await look(library, job.key, signal);
  const since = new Date(job.eventAt).getTime();
  await noteApplied(db(), library.id, { applied: known ? 0 : 1, known: known ? 1 : 0, since });
}

/**
 * Notes that the index has caught up with events: how many it had to look for, how many it knew, and how far behind the store it was.
 * @param caught.since the store's time of the oldest of those that it looked for, ms; without meaning where there was none
 */
export async function noteApplied(
  tx: Pick<Tx, '$executeRaw'>,
  libraryId: bigint,
  { applied, known, since }: { applied: number; known: number; since: number },
): Promise<void> {
  const delayMs = applied === 0 ? 0 : Math.max(0, Date.now() - since);
  await tx.$executeRaw`
    UPDATE "EventFeed" SET "lastDelayMs" = ${delayMs}::int, "applied" = "applied" + ${applied}::int, "known" = "known" + ${known}::int
    WHERE "libraryId" = ${libraryId}`;
}

/** On a store where a file hides the folder of its name, what happened in the folder meanwhile shows when the file is gone. */
async function look(library: LibraryContext, key: string, signal: AbortSignal | undefined): Promise<void> {
  const synced = await syncKey(library, key);
  if (synced?.state === 'gone' && library.capabilities.fileHidesFolder && !synced.path.endsWith('/')) {
    await reconcileFolder(library, `${synced.path}/`, signal);
  }
}

/** A library that was removed while its events waited: nothing is left to do. */
export async function findLibrary(id: bigint): Promise<LibraryContext | null> {
  try {
    return await requireLibraryById(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
