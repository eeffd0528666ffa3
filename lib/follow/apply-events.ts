import { db } from '#lib/db.ts';
import { applyListings } from '#lib/indexing/apply-listings.ts';
import type { KeyLook } from '#lib/indexing/make-missing-assets.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { endCompany, sendBack, takeCompany } from '#lib/jobs/job-company.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import { applyEvent, findLibrary, noteApplied } from './apply-event.ts';
import { findKnownEvents } from './find-known-events.ts';

/** `jobId` null: of the running job, which the queue ends itself. */
type Look = { jobId: bigint | null; event: JobPayloads['sync-key'] };

/** Keys of one library that are looked at together. */
const mostTogether = 100;

/**
 * `applyEvent` for the job that is running and for those of the same library that wait beside it: when another tool writes thousands of files, a look at
 * each alone costs more than their upload. What the shared look does not show, and everything when it fails, gets a look of its own, by its own job.
 * @param jobId of the running job
 * @throws AppError store_unavailable, database_unavailable: the job is tried again
 */
export async function applyEvents(event: JobPayloads['sync-key'], jobId: string, signal?: AbortSignal): Promise<void> {
  const company = await takeCompany<JobPayloads['sync-key']>(jobId, `sync-key:${event.libraryId}:`, mostTogether - 1);
  const library = company.length > 0 ? await findLibrary(BigInt(event.libraryId)) : null;
  const looks: Look[] = [{ jobId: null, event }, ...company.map(({ id, payload }) => ({ jobId: id, event: payload }))];
  const left = library ? await applyTogether(library, looks).catch((err) => giveUp(err, looks)) : looks;
  await sendBack(left.flatMap(({ jobId: id }) => id ?? []));
  if (left.some((one) => one.event === event)) await applyEvent(event, signal);
}

function giveUp(err: unknown, looks: Look[]): Look[] {
  log().warn({ err, events: looks.length }, 'events could not be applied together; each is by itself');
  return looks;
}

/** @returns those that a listing shows nothing of: their keys are gone, or hidden (lib/indexing/sync-key.ts) */
async function applyTogether(library: LibraryContext, looks: Look[]): Promise<Look[]> {
  const compared = looks.map((look) => {
    const { key, event } = look.event;
    return { look, libraryId: library.id, path: toPath(library, key) ?? '', event };
  });
  const known = new Set([...(await findKnownEvents(compared))].map(({ look }) => look));
  const wanted = looks.filter((look) => !known.has(look));
  const ticket = await takeTicket();
  const listed = await listVersionsOf(
    library.bucket,
    wanted.map(({ event }) => event.key),
  );
  const found = new Map<string, KeyLook>();
  for (const [key, versions] of listed) if (versions.length > 0) found.set(key, { ticket, listed: versions });
  const shown = wanted.filter(({ event }) => found.has(event.key));
  await db().$transaction(async (tx) => {
    if (found.size > 0) await applyListings(tx, library, found);
    await endCompany(
      tx,
      [...known, ...shown].flatMap(({ jobId }) => jobId ?? []),
    );
    // Last, since all who write about this library meet here.
    const since = shown.map(({ event }) => new Date(event.eventAt).getTime());
    await noteApplied(tx, library.id, { applied: shown.length, known: known.size, since: Math.min(...since) });
  });
  return wanted.filter((look) => !shown.includes(look));
}
