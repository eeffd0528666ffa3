import { Prisma } from '#lib/db.ts';

/**
 * What was current at a moment, as SQL after `Asset a`: a row `v` of the version, its marker, or nothing, for a LATERAL join.
 *
 * The versions that the bucket holds decide (`validFrom <= at < validTo`). A delete marker that was taken away again counts for nothing, as
 * if the deletion had never been; a version that was removed since does count and is said to be gone: it was what stood there. Of several
 * the newest in the store's own order wins, which also decides ties within a second.
 * @param at RFC 3339
 */
export function versionAt(at: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT r."id", r."versionId", r."etag", r."crc64nvme", r."isDeleteMarker", r."size", r."contentType", r."storageClass", r."modifiedAt", r."seq",
           r."removedAt", r."validFrom", r."validTo"
    FROM "Version" r
    WHERE r."assetId" = a."id" AND r."validFrom" <= ${at}::timestamptz AND (r."validTo" IS NULL OR r."validTo" > ${at}::timestamptz)
      AND NOT (r."isDeleteMarker" AND r."removedAt" IS NOT NULL)
    ORDER BY r."seq" DESC LIMIT 1)`;
}

/** Whether any content stood in folder `f` or below it at a moment. Each folder is one probe of the index (folderId, validFrom, validTo). */
export function heldSomething(at: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "Folder" d JOIN "Version" r ON r."folderId" = d."id"
    WHERE d."libraryId" = f."libraryId" AND d."path" >= f."path" AND (f."path" = '' OR d."path" < left(f."path", -1) || '0')
      AND r."validFrom" <= ${at}::timestamptz AND (r."validTo" IS NULL OR r."validTo" > ${at}::timestamptz) AND NOT r."isDeleteMarker")`;
}
