import { db } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { headObject } from '#lib/storage/objects.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { applyListing, type HeadFacts, type SyncedAsset } from './apply-listing.ts';
import { takeTicket } from './take-ticket.ts';

/**
 * Brings one key of the index up to date with the store: the one primitive for it. Every write by us is followed by one;
 * events, reconcile and pages that doubt call it as well. Safe when late, doubled or out of order.
 * The store is asked with no connection held.
 * @throws AppError store_unavailable, database_unavailable; then nothing was applied
 */
export async function syncKey(library: LibraryContext, key: string, heads?: HeadFacts): Promise<SyncedAsset | null> {
  const ticket = await takeTicket();
  const listed = await listKeyVersions({ bucket: library.bucket, key });
  if (listed.length === 0 && (await isHidden(library, key))) return null;
  return db().$transaction((tx) => applyListing(tx, library, key, ticket, listed, heads));
}

/**
 * Absence in a listing deletes nothing by itself: on MinIO a file `photos` hides every key under `photos/` from listings,
 * though HEAD still answers (s3-facts 7c). So the versions that the index knows are asked for before they are called gone.
 */
async function isHidden(library: LibraryContext, key: string): Promise<boolean> {
  const path = toPath(library, key);
  if (path === null) return false;
  const known = await db().version.findFirst({
    where: { asset: { libraryId: library.id, path }, removedAt: null, isDeleteMarker: false },
    orderBy: { seq: 'desc' },
    select: { versionId: true },
  });
  if (!known) return false;
  return (await headObject({ bucket: library.bucket, key, versionId: known.versionId })) !== null;
}
