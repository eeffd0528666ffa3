import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { applyListing, type HeadFacts, type SyncedAsset } from './apply-listing.ts';
import { lookAtKnown } from './look-at-known.ts';
import { takeTicket } from './take-ticket.ts';

/** One look at a key: what the store holds of it, newest first. */
export type KeyLook = { ticket: bigint; listed: ListedVersion[]; hidden: boolean };

/**
 * Asks the store about one key, with no connection held.
 * `hidden`: nothing is listed, and yet what the index knows is there. On MinIO a file `photos` hides every key under `photos/` from
 * listings, though HEAD still answers (s3-facts 7c). So absence in a listing deletes nothing by itself: `listed` is then what is left of
 * what the index knows, asked for version by version.
 * @throws AppError store_unavailable, database_unavailable
 */
export async function lookAtKey(library: LibraryContext, key: string): Promise<KeyLook> {
  const ticket = await takeTicket();
  const listed = await listKeyVersions({ bucket: library.bucket, key });
  if (listed.length > 0) return { ticket, listed, hidden: false };
  const left = await lookAtKnown(library, key);
  return { ticket, listed: left, hidden: left.length > 0 };
}

/**
 * Brings one key of the index up to date with the store: the one primitive for it. Every write by us is followed by one;
 * events, reconcile and pages that doubt call it as well. Safe when late, doubled or out of order.
 * @throws AppError store_unavailable, database_unavailable; then nothing was applied
 */
export async function syncKey(library: LibraryContext, key: string, heads?: HeadFacts): Promise<SyncedAsset | null> {
  const { ticket, listed } = await lookAtKey(library, key);
  return db().$transaction((tx) => applyListing(tx, library, key, ticket, listed, heads));
}
