import { Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';

/** From which version of the same key an operation copied this one, as SQL after an asset `a`; the journal knows. */
export function copiedFrom(library: Pick<LibraryContext, 'id' | 'rootPrefix'>, versionId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT i."outcome"->>'from' FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
    WHERE i."key" = ${library.rootPrefix} || a."path" AND i."versionId" = ${versionId} AND o."libraryId" = ${library.id}
      AND i."outcome"->>'kind' = 'copied-up' LIMIT 1)`;
}

/**
 * Whether a file is now what it was at a moment, as SQL over an asset `a` and the version `v` of the moment: the same version, or one with the
 * same bytes, as after a restore. By lineage, or by size and checksum, as the plan of a restore decides it (`planRestoreToTime`).
 */
export function sameAsNow(library: Pick<LibraryContext, 'id' | 'rootPrefix'>): Prisma.Sql {
  const origin = (versionId: Prisma.Sql) =>
    Prisma.sql`nullif(coalesce(${copiedFrom(library, versionId)}, ${versionId}), 'null')`;
  // Another size is other bytes: what costs a look at the journal is asked of few.
  return Prisma.sql`(a."state" = 'live' AND v."removedAt" IS NULL AND (
    (a."versionId" = v."versionId" AND a."etag" IS NOT DISTINCT FROM v."etag")
    OR (a."size" = v."size" AND (
      EXISTS (SELECT 1 FROM "Version" n WHERE n."assetId" = a."id" AND n."versionId" = a."versionId" AND n."removedAt" IS NULL AND n."crc64nvme" = v."crc64nvme")
      OR ${origin(Prisma.sql`a."versionId"`)} = ${origin(Prisma.sql`v."versionId"`)}))))`;
}
