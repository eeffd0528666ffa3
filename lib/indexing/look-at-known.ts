import { db } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { headObject } from '#lib/storage/objects.ts';
import type { ListedVersion } from '#lib/storage/types.ts';

/**
 * What is left at the store of the versions that the index knows of a key which no listing shows, newest first: each is asked for by its
 * id. Delete markers have nothing to ask for, and are there as long as a version is. Empty when nothing is left.
 * @throws AppError store_unavailable
 */
export async function lookAtKnown(library: LibraryContext, key: string): Promise<ListedVersion[]> {
  const path = toPath(library, key);
  if (path === null) return [];
  const left: ListedVersion[] = [];
  for (const version of await readKnown(library.id, path)) {
    if (version.isDeleteMarker || (await isThere(library.bucket, key, version))) left.push({ key, ...version });
  }
  return left.some((version) => !version.isDeleteMarker) ? left : [];
}

async function isThere(bucket: string, key: string, version: Omit<ListedVersion, 'key'>): Promise<boolean> {
  const head = await headObject({ bucket, key, versionId: version.versionId });
  // The `null` version may hold other content under its id. What that is, the next listing that shows it tells.
  return head !== null && (version.etag === null || head.etag === version.etag);
}

/** The versions of an asset, or the marker of a folder. */
async function readKnown(libraryId: bigint, path: string): Promise<Omit<ListedVersion, 'key'>[]> {
  const rows = await db().version.findMany({
    where: { asset: { libraryId, path }, removedAt: null },
    orderBy: { seq: 'desc' },
    select: { versionId: true, isDeleteMarker: true, modifiedAt: true, size: true, etag: true, storageClass: true },
  });
  if (rows.length > 0) {
    return rows.map(({ size, ...row }, at) => ({ ...row, size: Number(size), isLatest: at === 0 }));
  }
  if (!path.endsWith('/')) return [];
  const folder = await db().folder.findUnique({ where: { libraryId_path: { libraryId, path } } });
  if (!folder?.markerVersionId) return [];
  const { markerVersionId: versionId, firstAt } = folder;
  const unknown = { size: 0, etag: null, storageClass: null, isDeleteMarker: false, isLatest: true };
  return [{ ...unknown, versionId, modifiedAt: firstAt ?? new Date(0) }];
}
