import { db } from '#lib/db.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { removeRendition } from '#lib/storage/renditions-bucket.ts';
import { renditionKey } from './rendition-key.ts';

/**
 * Removes the pictures of versions that the store does not hold any more: what was destroyed must not live on as a thumbnail.
 * @throws AppError store_unavailable, database_unavailable
 */
export async function removeRenditions(job: JobPayloads['remove-renditions']): Promise<void> {
  const id = BigInt(job.libraryId);
  const library = await requireLibraryById(id);
  const { key } = job;
  const path = toPath(library, key);
  if (path === null) return;
  const left = await db().version.findMany({
    where: { asset: { libraryId: id, path }, removedAt: null, isDeleteMarker: false },
    select: { versionId: true, etag: true },
  });
  const isLeft = (one: { versionId: string; etag: string }) =>
    left.some((version) => version.versionId === one.versionId && version.etag === one.etag);
  const where = { libraryId: id, key };
  const renditions = await db().rendition.findMany({ where });
  for (const { versionId, etag, kind, recipe } of renditions.filter((one) => !isLeft(one))) {
    await removeRendition(renditionKey({ bucket: library.bucket, key, versionId, etag }, kind as 'thumbnail', recipe));
    await db().rendition.deleteMany({ where: { ...where, versionId, kind, etag } });
  }
  const infos = await db().mediaInfo.findMany({ where, select: { versionId: true, etag: true } });
  for (const info of infos.filter((one) => !isLeft(one)))
    await db().mediaInfo.deleteMany({ where: { ...where, ...info } });
}
