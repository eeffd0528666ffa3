import { db, Prisma } from '#lib/db.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { safeNumber } from './safe-number.ts';
import type { FolderEntry } from './schema.ts';

type Row = { name: string; path: string; assetCount: bigint; bytes: bigint };

/**
 * The visible folders directly in a folder, by name, with exact rollups: what was folded plus the changes that were not yet.
 * One statement, so that a fold between two reads cannot count a change twice or not at all. It never looks at descendants:
 * deltas are few (a job folds them), folders are one index range.
 */
export async function readFolderPage(input: {
  libraryId: bigint;
  folder: { id: bigint; path: string };
  after: string | null;
  descending: boolean;
  limit: number;
}): Promise<FolderEntry[]> {
  const { folder, after } = input;
  const end = prefixEnd(folder.path);
  const beyond = input.descending ? Prisma.sql`f."name" < ${after}` : Prisma.sql`f."name" > ${after}`;
  const rows = await db().$queryRaw<Row[]>`
    WITH unfolded AS (
      SELECT split_part(substr("path", ${folder.path.length ? codePoints(folder.path) + 1 : 1}::int), '/', 1) AS "name",
             sum("assetCount")::bigint AS "assetCount", sum("bytes")::bigint AS "bytes"
      FROM "FolderDelta"
      WHERE "libraryId" = ${input.libraryId} AND "path" > ${folder.path}
        ${end === null ? Prisma.empty : Prisma.sql`AND "path" < ${end}`}
      GROUP BY 1
    )
    SELECT f."name", f."path",
           f."assetCount" + coalesce(u."assetCount", 0) AS "assetCount",
           f."bytes" + coalesce(u."bytes", 0) AS "bytes"
    FROM "Folder" f LEFT JOIN unfolded u ON u."name" = f."name"
    WHERE f."parentId" = ${folder.id} ${after === null ? Prisma.empty : Prisma.sql`AND ${beyond}`}
      AND (f."markerVersionId" IS NOT NULL OR f."assetCount" + coalesce(u."assetCount", 0) > 0 OR ${holdsMarker})
    ORDER BY f."name" ${input.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`}
    LIMIT ${input.limit}`;
  return rows.map((row) => ({
    type: 'folder',
    name: row.name,
    path: row.path,
    assetCount: safeNumber(row.assetCount),
    bytes: safeNumber(row.bytes),
    indexed: true,
  }));
}

/**
 * Whether an empty folder lies anywhere below folder `f`: else that one would be visible and the way to it not.
 * One probe of the partial index on markers, asked only when nothing live is below. The successor of "/" in byte order is "0".
 */
export const holdsMarker = Prisma.sql`EXISTS (
  SELECT 1 FROM "Folder" m
  WHERE m."libraryId" = f."libraryId" AND m."path" >= f."path" AND m."markerVersionId" IS NOT NULL
    AND (f."path" = '' OR m."path" < left(f."path", -1) || '0'))`;

/** Postgres counts characters, JavaScript UTF-16 units. */
function codePoints(text: string): number {
  return [...text].length;
}
