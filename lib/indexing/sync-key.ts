import { db } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { headObject } from '#lib/storage/objects.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { applyListing, type HeadFacts, type SyncedAsset } from './apply-listing.ts';
import { takeTicket } from './take-ticket.ts';

/** One look at a key: what the store lists of it, and whether a listing can be believed. */
export type KeyLook = { ticket: bigint; listed: ListedVersion[]; hidden: boolean };

/**
 * Asks the store about one key, with no connection held.
 * `hidden`: nothing is listed, and yet what the index knows is there. On MinIO a file `photos` hides every key under `photos/` from
 * listings, though HEAD still answers (s3-facts 7c). So absence in a listing deletes nothing by itself.
 * @throws AppError store_unavailable, database_unavailable
 */
export async function lookAtKey(library: LibraryContext, key: string): Promise<KeyLook> {
  const ticket = await takeTicket();
  const listed = await listKeyVersions({ bucket: library.bucket, key });
  return { ticket, listed, hidden: listed.length === 0 && (await isHidden(library, key)) };
}

/**
 * Brings one key of the index up to date with the store: the one primitive for it. Every write by us is followed by one;
 * events, reconcile and pages that doubt call it as well. Safe when late, doubled or out of order.
 * @throws AppError store_unavailable, database_unavailable; then nothing was applied
 */
export async function syncKey(library: LibraryContext, key: string, heads?: HeadFacts): Promise<SyncedAsset | null> {
  const { ticket, listed, hidden } = await lookAtKey(library, key);
  if (hidden) return null;
  return db().$transaction((tx) => applyListing(tx, library, key, ticket, listed, heads));
}

async function isHidden(library: LibraryContext, key: string): Promise<boolean> {
  const path = toPath(library, key);
  if (path === null) return false;
  const versionId = await findKnownVersion(library.id, path);
  if (versionId === null) return false;
  return (await headObject({ bucket: library.bucket, key, versionId })) !== null;
}

/** The newest content that the index knows under a path: an asset's, else a folder marker's. */
async function findKnownVersion(libraryId: bigint, path: string): Promise<string | null> {
  const known = await db().version.findFirst({
    where: { asset: { libraryId, path }, removedAt: null, isDeleteMarker: false },
    orderBy: { seq: 'desc' },
    select: { versionId: true },
  });
  if (known || !path.endsWith('/')) return known?.versionId ?? null;
  const where = { libraryId_path: { libraryId, path } };
  return (await db().folder.findUnique({ where, select: { markerVersionId: true } }))?.markerVersionId ?? null;
}
