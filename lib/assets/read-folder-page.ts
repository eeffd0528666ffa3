import { db, Prisma } from '#lib/db.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { safeNumber } from './safe-number.ts';
import type { FolderEntry } from './schema.ts';

/** A folder with its exact rollups, as the database gives it. */
export type FolderRow = { name: string; path: string; assetCount: bigint; bytes: bigint; holdsFolders?: boolean };

export function toFolderEntry({ name, path, assetCount, bytes, holdsFolders }: FolderRow): FolderEntry {
  const inside = holdsFolders === undefined ? {} : { holdsFolders };
  const counts = { assetCount: safeNumber(assetCount), bytes: safeNumber(bytes) };
  return { type: 'folder', name, path, ...counts, indexed: true, ...inside };
}

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
  /** Tells of each folder whether there are folders in it: a probe or two of an index each. */
  inside?: boolean;
}): Promise<FolderEntry[]> {
  const { folder, after } = input;
  const beyond = input.descending ? Prisma.sql`f."name" < ${after}` : Prisma.sql`f."name" > ${after}`;
  const rows = await db().$queryRaw<FolderRow[]>`
    WITH unfolded AS (${unfolded(input.libraryId, folder)})
    SELECT f."name", f."path",
           f."assetCount" + coalesce(u."assetCount", 0) AS "assetCount",
           f."bytes" + coalesce(u."bytes", 0) AS "bytes"
           ${input.inside ? Prisma.sql`, ${folderInside} AS "holdsFolders"` : Prisma.empty}
    FROM "Folder" f LEFT JOIN unfolded u ON u."name" = f."name"
    WHERE f."parentId" = ${folder.id} ${after === null ? Prisma.empty : Prisma.sql`AND ${beyond}`}
      AND ${isVisible}
    ORDER BY f."name" ${input.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`}
    LIMIT ${input.limit}`;
  return rows.map(toFolderEntry);
}

/**
 * Whether an empty folder lies anywhere below folder `f`: else that one would be visible and the way to it not.
 * One probe of the partial index on markers, asked only when nothing live is below. The successor of "/" in byte order is "0".
 */
export const holdsMarker = markerBelow(Prisma.sql`f`);

function markerBelow(folder: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
  SELECT 1 FROM "Folder" m
  WHERE m."libraryId" = ${folder}."libraryId" AND m."path" >= ${folder}."path" AND m."markerVersionId" IS NOT NULL
    AND (${folder}."path" = '' OR m."path" < left(${folder}."path", -1) || '0'))`;
}

/** Whether a visible folder lies directly in folder `f`. */
const folderInside = Prisma.sql`EXISTS (
  SELECT 1 FROM "Folder" c WHERE c."parentId" = f."id" AND (
    c."markerVersionId" IS NOT NULL
    OR c."assetCount" + coalesce((
      SELECT sum(d."assetCount") FROM "FolderDelta" d
      WHERE d."libraryId" = c."libraryId" AND d."path" >= c."path" AND d."path" < left(c."path", -1) || '0'), 0) > 0
    OR ${markerBelow(Prisma.sql`c`)}))`;

/** A folder `f` is visible while its marker object or any live asset is under it; `u` holds the changes that are not folded yet. */
const isVisible = Prisma.sql`(
  f."markerVersionId" IS NOT NULL OR f."assetCount" + coalesce(u."assetCount", 0) > 0 OR ${holdsMarker})`;

/** Changes below a folder that are not in its rollups yet, by the name of the child that they are in. */
function unfolded(libraryId: bigint, folder: { path: string }): Prisma.Sql {
  const end = prefixEnd(folder.path);
  return Prisma.sql`
    SELECT split_part(substr("path", ${folder.path.length ? codePoints(folder.path) + 1 : 1}::int), '/', 1) AS "name",
           sum("assetCount")::bigint AS "assetCount", sum("bytes")::bigint AS "bytes"
    FROM "FolderDelta"
    WHERE "libraryId" = ${libraryId} AND "path" > ${folder.path}
      ${end === null ? Prisma.empty : Prisma.sql`AND "path" < ${end}`}
    GROUP BY 1`;
}

/** Every `step`-th visible folder and the last one, by name, with how many there are up to it. */
export async function readFolderBounds(input: {
  libraryId: bigint;
  folder: { id: bigint; path: string };
  descending: boolean;
  step: number;
}): Promise<{ name: string; position: bigint }[]> {
  const { folder } = input;
  return db().$queryRaw<{ name: string; position: bigint }[]>`
    WITH unfolded AS (${unfolded(input.libraryId, folder)})
    SELECT "name", "position" FROM (
      SELECT f."name", row_number() OVER w AS "position", lead(1) OVER w IS NULL AS "last"
      FROM "Folder" f LEFT JOIN unfolded u ON u."name" = f."name"
      WHERE f."parentId" = ${folder.id} AND ${isVisible}
      WINDOW w AS (ORDER BY f."name" ${input.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`})
    ) b
    WHERE "last" OR "position" % ${input.step} = 0
    ORDER BY "position"`;
}

/** Postgres counts characters, JavaScript UTF-16 units. */
function codePoints(text: string): number {
  return [...text].length;
}
