import { db, Prisma } from '#lib/db.ts';
import { archivedClasses } from './find-inspected.ts';
import { filmEndBytes, mostFilmBytes, mostPictureBytes, sniffBytes } from './limits.ts';
import type { UnreadFiles } from './plan-preparation.ts';

/** Files of a library that are counted one by one; of more a sample is looked at, since each is looked up among all that was inspected. */
const mostCounted = 200_000;
/** Files of a sample, at least about; its relative error is a few percent, more where sizes differ much. */
const sampled = 40_000;
/** Rows of the table that a sample may read: where others hold most of it, the sample of a library is smaller. */
const mostRead = 1_000_000;

/** Whether nobody looked into the bytes of the asset `a` as they are now. Needs `joinInspected`. */
export const isUnread = Prisma.sql`a."etag" IS NOT NULL AND m."key" IS NULL`;

/** What inspection knows of the asset `a`, as `m`. */
export const joinInspected = Prisma.sql`
  JOIN "Library" l ON l."id" = a."libraryId"
  LEFT JOIN "MediaInfo" m ON m."libraryId" = a."libraryId" AND m."key" = l."rootPrefix" || a."path"
    AND m."versionId" = a."versionId" AND m."etag" = a."etag"`;

/**
 * Live files of a library whose bytes as they are now nobody looked into, and what looking into them takes at most, by storage class. How much
 * of a file is read is decided in look-inside.ts: pictures and PDF documents whole, and most pictures once more for the preview; of a long film
 * its ends; of everything else its first bytes.
 * @param limit files up to which they are counted; of more this is an estimate from a sample, and says so
 */
export async function findUnread(
  libraryId: bigint,
  limit = mostCounted,
): Promise<{ unread: UnreadFiles[]; estimated: boolean }> {
  const [size] = await db().$queryRaw<{ live: number; rows: number }[]>`
    SELECT coalesce((SELECT "assetCount" FROM "Folder" WHERE "libraryId" = ${libraryId} AND "path" = ''), 0)::float8
             + coalesce((SELECT sum("assetCount") FROM "FolderDelta" WHERE "libraryId" = ${libraryId}), 0)::float8 AS "live",
           greatest("reltuples", 0)::float8 AS "rows"
    FROM pg_class WHERE "oid" = '"Asset"'::regclass`;
  const { live, rows } = size as { live: number; rows: number };
  const estimated = live > limit;
  const percent = Math.min(100, (100 * sampled) / live, (100 * mostRead) / Math.max(rows, 1));
  const source = estimated ? Prisma.sql`TABLESAMPLE SYSTEM (${percent}::float8) REPEATABLE (1)` : Prisma.empty;
  const unread = await db().$queryRaw<UnreadFiles[]>`
    WITH files AS (
      SELECT a."storageClass", a."size", ${isUnread} AS "unread", CASE
        WHEN a."kind" = 'image' AND a."size" <= ${mostPictureBytes}::bigint THEN 'picture'
        WHEN a."contentType" = 'application/pdf' AND a."size" <= ${mostPictureBytes}::bigint THEN 'whole'
        WHEN a."kind" IN ('video', 'audio') THEN CASE WHEN a."size" <= ${mostFilmBytes}::bigint THEN 'whole' ELSE 'ends' END
        ELSE 'first bytes' END AS how
      FROM "Asset" a ${source} ${joinInspected}
      WHERE a."libraryId" = ${libraryId} AND a."state" = 'live'
    ), each AS (
      -- How many files one of those seen stands for.
      SELECT CASE WHEN ${estimated} THEN ${live}::float8 / greatest(count(*), 1) ELSE 1 END AS "weight" FROM files
    )
    SELECT "storageClass", bool_or("storageClass" = ANY(${archivedClasses})) AS "archived", "weight" * count(*)::float8 AS "files",
           "weight" * sum(CASE how
             WHEN 'picture' THEN 2 * "size" WHEN 'whole' THEN "size" WHEN 'ends' THEN ${2 * filmEndBytes + sniffBytes}::bigint
             ELSE least("size", ${sniffBytes}::bigint) END)::float8 AS "bytes",
           "weight" * sum(CASE how WHEN 'picture' THEN 2 WHEN 'ends' THEN 3 ELSE 1 END)::float8 AS "reads",
           "weight" * sum(CASE how WHEN 'first bytes' THEN 0 ELSE 2 END)::float8 AS "pictures"
    FROM files CROSS JOIN each WHERE "unread"
    GROUP BY "storageClass", "weight" ORDER BY "storageClass"`;
  return { unread, estimated };
}
