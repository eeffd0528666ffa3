import { db } from '#lib/db.ts';
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
  const delayMs = Math.max(0, Date.now() - new Date(job.eventAt).getTime());
  await db().$executeRaw`
    UPDATE "EventFeed" SET "lastDelayMs" = CASE WHEN ${known} THEN 0 ELSE ${delayMs}::int END, "applied" = "applied" + ${known ? 0 : 1}, "known" = "known" + ${known ? 1 : 0}
    WHERE "libraryId" = ${library.id}`;
}

/** On a store where a file hides the folder of its name, what happened in the folder meanwhile shows when the file is gone. */
async function look(library: LibraryContext, key: string, signal: AbortSignal | undefined): Promise<void> {
  const synced = await syncKey(library, key);
  if (synced?.state === 'gone' && library.capabilities.fileHidesFolder && !synced.path.endsWith('/')) {
    await reconcileFolder(library, `${synced.path}/`, signal);
  }
}

/** A library that was removed while its events waited: nothing is left to do. */
async function findLibrary(id: bigint): Promise<LibraryContext | null> {
  try {
    return await requireLibraryById(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
