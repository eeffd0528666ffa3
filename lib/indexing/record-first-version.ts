import type { Tx } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { HeadedObject, ListedVersion } from '#lib/storage/types.ts';
import { applyListing, lockAsset, type SyncedAsset } from './apply-listing.ts';

/**
 * Records a new upload to a key that the index does not know, from its HEAD alone: the common case needs no listing.
 * Any doubt is left to `syncKey`: the key is known, another writer was first, or the index never saw the whole bucket.
 * @param ticket taken before the HEAD (`takeTicket`)
 * @returns null on doubt; then nothing was written
 */
export async function recordFirstVersion(
  tx: Tx,
  library: Pick<LibraryContext, 'id' | 'rootPrefix' | 'indexedAt'>,
  head: HeadedObject,
  ticket: bigint,
): Promise<SyncedAsset | null> {
  const path = toPath(library, head.key);
  if (path === null || library.indexedAt === null) return null;
  const known = await tx.asset.findUnique({
    where: { libraryId_path: { libraryId: library.id, path } },
    select: { id: true },
  });
  if (known) return null;
  const version: ListedVersion = {
    key: head.key,
    versionId: head.versionId,
    isDeleteMarker: false,
    isLatest: true,
    modifiedAt: head.modifiedAt,
    size: head.size,
    etag: head.etag,
    storageClass: head.storageClass,
  };
  const asset = await lockAsset(tx, library.id, path, [version], ticket);
  // Somebody else recorded a listing between the look and the lock: theirs may hold older versions.
  if (asset?.appliedTicket !== 0n) return null;
  const facts = { contentType: head.contentType, crc64nvme: head.crc64nvme };
  return applyListing(tx, library, head.key, ticket, [version], new Map([[head.versionId, facts]]));
}
