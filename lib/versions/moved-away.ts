import { Prisma } from '#lib/db.ts';

/**
 * SQL that holds for an asset `a` whose latest entry is the delete marker that a move left behind, or is leaving right now: the file lives on
 * elsewhere, so this place is no trash, and emptying the trash must not take its history away.
 */
export function movedAway(library: { id: bigint; rootPrefix: string }): Prisma.Sql {
  return Prisma.sql`(EXISTS (SELECT 1 FROM "Move" mv JOIN "Version" mark ON mark."assetId" = a."id" AND mark."versionId" = mv."fromMarkerId"
    AND mark."isDeleteMarker" AND mark."removedAt" IS NULL AND mark."validTo" IS NULL
    WHERE mv."libraryId" = a."libraryId" AND mv."fromKey" = (${library.rootPrefix} || a."path") COLLATE "C")
    OR a."path" = ANY (ARRAY(SELECT i."fromPath" FROM "Operation" o JOIN "OperationItem" i ON i."operationId" = o."id"
      WHERE o."libraryId" = ${library.id} AND o."state" IN ('queued', 'running') AND i."state" = 'running' AND i."fromPath" IS NOT NULL)))`;
}
