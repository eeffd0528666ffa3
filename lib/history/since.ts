import type { AssetEntry } from '#lib/assets/schema.ts';
import { Prisma } from '#lib/db.ts';

/** What the row of a past version says beside the version. Goes with `pastColumns`. */
export type PastRow = { versionsSince: number; deletedSince: boolean; removedAt: Date | null };

/** The columns of an asset `a` as the version `v` of a moment: those of a listing, and what `sinceJoin` needs. */
export const pastColumns = Prisma.sql`a."id", a."name", a."path", a."irregular", a."kind", v."contentType", v."size", v."modifiedAt", v."versionId",
  v."etag", coalesce(v."storageClass", 'STANDARD') AS "storageClass", v."seq", v."removedAt", a."state" <> 'live' AS "deletedSince",
  a."versionCount" AS "versionsNow"`;

/**
 * How many versions there were until that one and after it; joined to a page of `a`, never to a folder. Only the later ones are counted, along
 * the index: an asset knows how many it has in all.
 */
export const sinceColumns = Prisma.sql`since."after" AS "versionsSince", greatest(1, a."versionsNow" - since."after") AS "versionCount"`;
export const sinceJoin = Prisma.sql`CROSS JOIN LATERAL (
  SELECT count(*)::int AS "after" FROM "Version" c
  WHERE c."assetId" = a."id" AND c."seq" > a."seq" AND NOT c."isDeleteMarker" AND c."removedAt" IS NULL) since`;

/** Entries of the past with what became of them. */
export function withSince(entries: AssetEntry[], rows: PastRow[]): AssetEntry[] {
  return entries.map((entry, index) => {
    const { versionsSince, deletedSince, removedAt } = rows[index] as PastRow;
    const since = { versions: versionsSince, deleted: deletedSince, removedAt: removedAt?.toISOString() ?? null };
    return { ...entry, since };
  });
}
