import { db, Prisma } from '#lib/db.ts';
import { archivedClasses } from './find-inspected.ts';
import { filmEndBytes, mostFilmBytes, mostPictureBytes, sniffBytes } from './limits.ts';
import type { UnreadFiles } from './plan-preparation.ts';

/** Live files of a library whose bytes as they are now nobody looked into. The alias of "Asset" is `a`. */
export const unreadOf = (libraryId: bigint) => Prisma.sql`
  FROM "Asset" a JOIN "Library" l ON l."id" = a."libraryId"
  LEFT JOIN "MediaInfo" m ON m."libraryId" = a."libraryId" AND m."key" = l."rootPrefix" || a."path"
    AND m."versionId" = a."versionId" AND m."etag" = a."etag"
  WHERE a."libraryId" = ${libraryId} AND a."state" = 'live' AND a."etag" IS NOT NULL AND m."key" IS NULL`;

/**
 * What looking into them takes at most, by storage class. How much of a file is read is decided in look-inside.ts: pictures and PDF documents
 * whole, and most pictures once more for the preview; of a long film its ends; of everything else its first bytes.
 */
export function findUnread(libraryId: bigint): Promise<UnreadFiles[]> {
  return db().$queryRaw<UnreadFiles[]>`
    SELECT "storageClass", bool_or("storageClass" = ANY(${archivedClasses})) AS "archived", count(*)::float8 AS "files",
           sum(CASE how
                 WHEN 'picture' THEN 2 * "size" WHEN 'whole' THEN "size" WHEN 'ends' THEN ${2 * filmEndBytes + sniffBytes}::bigint
                 ELSE least("size", ${sniffBytes}::bigint) END)::float8 AS "bytes",
           sum(CASE how WHEN 'picture' THEN 2 WHEN 'ends' THEN 3 ELSE 1 END)::float8 AS "reads",
           sum(CASE how WHEN 'first bytes' THEN 0 ELSE 2 END)::float8 AS "pictures"
    FROM (
      SELECT a."storageClass", a."size", CASE
        WHEN a."kind" = 'image' AND a."size" <= ${mostPictureBytes}::bigint THEN 'picture'
        WHEN a."contentType" = 'application/pdf' AND a."size" <= ${mostPictureBytes}::bigint THEN 'whole'
        WHEN a."kind" IN ('video', 'audio') THEN CASE WHEN a."size" <= ${mostFilmBytes}::bigint THEN 'whole' ELSE 'ends' END
        ELSE 'first bytes' END AS how
      ${unreadOf(libraryId)}
    ) unread
    GROUP BY "storageClass" ORDER BY "storageClass"`;
}
