import { db } from '#lib/db.ts';

/** Rows taken at once: large enough to keep up with 5,000 writes/s, small enough to stay under a second. */
const batch = 20_000;
/** Any number that no other advisory lock of this database uses. */
export const foldLock = 7_301_001;

/**
 * Adds waiting deltas to their folder and to every folder above it, in one transaction: a reader sees a delta either
 * waiting or folded, never both. One process folds at a time; the others skip.
 * @returns how many rows were folded
 */
export async function foldFolderDeltas(): Promise<number> {
  return db().$transaction(async (tx) => {
    const lock = await tx.$queryRaw<{ held: boolean }[]>`SELECT pg_try_advisory_xact_lock(${foldLock}::bigint) AS held`;
    if (!lock[0]?.held) return 0;
    const rows = await tx.$queryRaw<{ folded: bigint }[]>`
      WITH taken AS (
        DELETE FROM "FolderDelta" WHERE "id" IN (SELECT "id" FROM "FolderDelta" ORDER BY "id" LIMIT ${batch})
        RETURNING "libraryId", "path", "assetCount", "bytes"
      ), leaves AS (
        SELECT "libraryId", "path", sum("assetCount") AS "assetCount", sum("bytes") AS "bytes", count(*) AS "rows"
        FROM taken GROUP BY "libraryId", "path"
      ), above AS (
        SELECT leaf."libraryId", leaf."assetCount", leaf."bytes",
          CASE WHEN level = 0 THEN '' ELSE array_to_string((string_to_array(leaf."path", '/'))[1:level], '/') || '/' END COLLATE "C" AS "path"
        FROM leaves leaf, generate_series(0, greatest(cardinality(string_to_array(leaf."path", '/')) - 1, 0)) AS level
      ), sums AS (
        SELECT "libraryId", "path", sum("assetCount") AS "assetCount", sum("bytes") AS "bytes" FROM above GROUP BY "libraryId", "path"
      ), folded AS (
        UPDATE "Folder" f SET "assetCount" = f."assetCount" + s."assetCount", "bytes" = f."bytes" + s."bytes"
        FROM sums s WHERE f."libraryId" = s."libraryId" AND f."path" = s."path"
      )
      SELECT coalesce(sum("rows"), 0)::bigint AS folded FROM leaves`;
    return Number(rows[0]?.folded ?? 0);
  });
}
