import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
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
    openUploads(library.id),
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
    unknown: await countUnknown(library.id),
  };
}

/** Uploads in parts that Strata is receiving. */
export function openUploads(libraryId: bigint): Promise<{ key: string; storeUploadId: string | null }[]> {
  return db().upload.findMany({
    where: { libraryId, state: { in: ['reserved', 'uploading', 'completing'] }, storeUploadId: { not: null } },
    select: { key: true, storeUploadId: true },
  });
}

/** 0 for an upload that was completed or aborted since it was listed. */
export async function partBytes(upload: Parameters<typeof listParts>[0]): Promise<number> {
  try {
    return (await listParts(upload)).reduce((sum, { size }) => sum + size, 0);
  } catch (error) {
    if (isNoSuchUpload(error)) return 0;
    throw error;
  }
}

/** Of the asset `a`: a delete marker is there and nothing under it. */
export const isLonely = Prisma.sql`(a."state" <> 'live'
  AND EXISTS (SELECT 1 FROM "Version" m WHERE m."assetId" = a."id" AND m."removedAt" IS NULL AND m."isDeleteMarker")
  AND NOT EXISTS (SELECT 1 FROM "Version" v WHERE v."assetId" = a."id" AND v."removedAt" IS NULL AND NOT v."isDeleteMarker"))`;

async function countLonelyMarkers(libraryId: bigint): Promise<number> {
  const [row] = await db().$queryRaw<[{ count: bigint }]>`
    SELECT count(*) AS "count" FROM "Asset" a WHERE a."libraryId" = ${libraryId} AND ${isLonely}`;
  return safeNumber(row.count);
}

/** What the last comparison found in the bucket beyond the index and left to be repaired. */
async function countUnknown(libraryId: bigint): Promise<{ count: number; bytes: number }> {
  const [row] = await db().$queryRaw<{ count: bigint; bytes: bigint }[]>`
    SELECT greatest(sum(s."versions" - s."indexVersions"), 0)::bigint AS "count",
      greatest(sum(s."bytes" - s."indexBytes"), 0)::bigint AS "bytes"
    FROM (SELECT "id" FROM "IndexRun" WHERE "libraryId" = ${libraryId} AND "state" = 'done' ORDER BY "id" DESC LIMIT 1) r
    JOIN "IndexShard" s ON s."runId" = r."id"
    WHERE EXISTS (SELECT 1 FROM "IndexDifference" d WHERE d."runId" = r."id" AND NOT d."repaired")
    GROUP BY r."id"`;
  return { count: safeNumber(row?.count ?? 0n), bytes: safeNumber(row?.bytes ?? 0n) };
}
