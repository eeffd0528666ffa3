import { Prisma } from '#lib/db.ts';

/**
 * SQL that holds for an asset `a` whose latest entry is the delete marker that a move left behind: the file lives on elsewhere, so
 * this place is no trash, and emptying the trash must not take its history away.
 */
export function movedAway(library: { rootPrefix: string }): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "Move" mv JOIN "Version" mark ON mark."assetId" = a."id" AND mark."versionId" = mv."fromMarkerId"
    AND mark."isDeleteMarker" AND mark."removedAt" IS NULL AND mark."validTo" IS NULL
    WHERE mv."libraryId" = a."libraryId" AND mv."fromKey" = (${library.rootPrefix} || a."path") COLLATE "C")`;
}
