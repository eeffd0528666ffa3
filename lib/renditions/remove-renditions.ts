import { db } from '#lib/db.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
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

/** Rows and objects taken away between two looks at the signal. */
const batch = 500;
const lanes = 8;

/**
 * Removes every picture made from a library that was removed, and what was read from the bytes: nobody looks at either again, and both can be
 * made anew if the bucket is added once more. Stopped in the middle it goes on where it was.
 * @throws AppError store_unavailable, database_unavailable; the signal's reason
 */
export async function removeAllRenditions(libraryId: bigint, signal?: AbortSignal): Promise<void> {
  const { bucket } = await requireLibraryById(libraryId);
  for (;;) {
    signal?.throwIfAborted();
    const rows = await db().rendition.findMany({ where: { libraryId }, take: batch });
    if (rows.length === 0) break;
    // The object first: a row that is left finds it again, an object without a row is found by nobody.
    await inLanes(rows, lanes, ({ key, versionId, etag, kind, recipe }) =>
      removeRendition(renditionKey({ bucket, key, versionId, etag }, kind as 'thumbnail', recipe)),
    );
    const place = rows.map(({ key, versionId, kind, etag }) => ({ libraryId, key, versionId, kind, etag }));
    await db().rendition.deleteMany({ where: { OR: place } });
  }
  await db().mediaInfo.deleteMany({ where: { libraryId } });
}
