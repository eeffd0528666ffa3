import { db } from '#lib/db.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { TestLibrary } from './library.ts';

/** A version or marker as the bucket lists it, the oldest first. `second`: when it was made. */
export type MadeEntry = {
  id: string;
  second: number;
  marker: boolean;
  size: number;
  etag?: string;
  storageClass?: string;
};

/** So many seconds after noon of 1 November 2026, UTC. */
export const moment = (second: number) => new Date(Date.UTC(2026, 10, 1, 12, 0, second)).toISOString();
export const put = (id: string, second: number, size = 1): MadeEntry => ({ id, second, marker: false, size });
export const mark = (id: string, second: number): MadeEntry => ({ id, second, marker: true, size: 0 });

/** Tells the index what the bucket holds of a key now, with times of our own. */
export async function tellHistory(library: TestLibrary['library'], path: string, history: MadeEntry[]): Promise<void> {
  const key = toKey(library, path);
  const listed = [...history].reverse().map((entry, at) => ({
    key,
    versionId: entry.id,
    isDeleteMarker: entry.marker,
    isLatest: at === 0,
    modifiedAt: new Date(moment(entry.second)),
    size: entry.marker ? 0 : entry.size,
    etag: entry.marker ? null : (entry.etag ?? `e${entry.id}`),
    storageClass: entry.storageClass ?? null,
  }));
  const ticket = await takeTicket();
  await db().$transaction((tx) => applyListing(tx, library, key, ticket, listed));
}
