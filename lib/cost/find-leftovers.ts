import { safeNumber } from '#lib/assets/safe-number.ts';
import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { listMultiparts, listParts } from '#lib/storage/multipart.ts';
import { isNoSuchUpload } from '#lib/storage/store-errors.ts';
import type { Leftovers } from './schema.ts';

/** Unfinished uploads whose parts are counted; more are counted as uploads only, and said to be. */
const MEASURED = 200;

/**
 * What is billed and belongs to no version: parts of unfinished uploads, those of other tools too, and delete markers under which
 * nothing is left.
 *
 * MinIO lists unfinished uploads from its memory only (s3-facts 7.28); ours are known from their own table besides.
 */
export async function findLeftovers(library: LibraryContext): Promise<Leftovers> {
  const [listed, own] = await Promise.all([
    listMultiparts({ bucket: library.bucket, prefix: library.rootPrefix }),
    db().upload.findMany({
      where: {
        libraryId: library.id,
        state: { in: ['reserved', 'uploading', 'completing'] },
        storeUploadId: { not: null },
      },
      select: { key: true, storeUploadId: true },
    }),
  ]);
  const uploads = new Map<string, { key: string; storeUploadId: string }>();
  for (const { key, storeUploadId } of [...listed, ...own])
    if (storeUploadId) uploads.set(storeUploadId, { key, storeUploadId });
  const measured = [...uploads.values()].slice(0, MEASURED);
  let bytes = 0;
  for (const { key, storeUploadId } of measured) {
    bytes += await partBytes({ ref: { bucket: library.bucket, key }, storeUploadId });
  }
  return {
    uploads: { count: uploads.size, bytes, exact: measured.length === uploads.size },
    markers: { count: await countLonelyMarkers(library.id) },
  };
}

/** 0 for an upload that was completed or aborted since it was listed. */
async function partBytes(upload: Parameters<typeof listParts>[0]): Promise<number> {
  try {
    return (await listParts(upload)).reduce((sum, { size }) => sum + size, 0);
  } catch (error) {
    if (isNoSuchUpload(error)) return 0;
    throw error;
  }
}

async function countLonelyMarkers(libraryId: bigint): Promise<number> {
  const [row] = await db().$queryRaw<[{ count: bigint }]>`
    SELECT count(*) AS "count" FROM "Asset" a
    WHERE a."libraryId" = ${libraryId} AND a."state" = 'trashed'
      AND NOT EXISTS (
        SELECT 1 FROM "Version" v
        WHERE v."assetId" = a."id" AND v."removedAt" IS NULL AND NOT v."isDeleteMarker"
      )`;
  return safeNumber(row.count);
}
