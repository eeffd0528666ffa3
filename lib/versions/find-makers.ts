import { db } from '#lib/db.ts';
import { NULL_VERSION } from '#lib/storage/objects.ts';

export type MadeVersion = { key: string; versionId: string; etag: string | null };
export type Maker = {
  userId: bigint;
  name: string;
  cause: 'upload' | 'restore' | 'reclass' | 'copy' | 'move' | 'trash';
  /** The version of the same key that a restored one, or one of another class, was copied from. */
  from: string | null;
  /** The place and version that a moved or copied one came from. */
  origin: { path: string; versionId: string } | null;
};
type Row = Omit<Maker, 'name' | 'origin'> & {
  index: number;
  name: string | null;
  fromPath: string | null;
  fromVersionId: string | null;
};

/**
 * Who made which version and how, from the records: uploads and operations refer to objects by (library, key, version id), so
 * this holds after the index was rebuilt. What another tool wrote has no maker here.
 * @returns by the position in `versions`
 */
export async function findMakers(libraryId: bigint, versions: MadeVersion[]): Promise<Map<number, Maker>> {
  if (versions.length === 0) return new Map();
  const keys = versions.map((version) => version.key);
  const ids = versions.map((version) => version.versionId);
  // A `null` version changes its content under one id (s3-facts 3.3), so there the ETag must agree as well.
  const etags = versions.map((version) => (version.versionId === NULL_VERSION ? (version.etag ?? '') : null));
  const rows = await db().$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT "key" COLLATE "C" AS "key", "versionId", "etag", "at"::int - 1 AS "index"
      FROM unnest(${keys}::text[], ${ids}::text[], ${etags}::text[]) WITH ORDINALITY AS w("key", "versionId", "etag", "at")),
    made AS (
      SELECT w."index", u."userId", 'upload' AS "cause", NULL AS "from", NULL AS "fromPath", NULL AS "fromVersionId"
      FROM wanted w JOIN "Upload" u ON u."libraryId" = ${libraryId} AND u."key" = w."key" AND u."versionId" = w."versionId"
      WHERE u."state" = 'completed' AND (w."etag" IS NULL OR u."etag" = w."etag")
      UNION ALL
      SELECT w."index", o."userId",
        CASE i."outcome"->>'kind' WHEN 'copied-up' THEN CASE WHEN i."outcome"->>'formerClass' IS NULL THEN 'restore' ELSE 'reclass' END
          WHEN 'moved-back' THEN 'move'
          WHEN 'copied-to' THEN CASE WHEN jsonb_typeof(i."outcome"->'moved') = 'object' THEN 'move' ELSE 'copy' END ELSE 'trash' END,
        CASE i."outcome"->>'kind' WHEN 'copied-up' THEN i."outcome"->>'from' END,
        CASE i."outcome"->>'kind' WHEN 'copied-to' THEN i."fromPath" END, i."outcome"->'source'->>'versionId'
      FROM wanted w JOIN "OperationItem" i ON i."key" = w."key" AND i."versionId" = w."versionId"
      JOIN "Operation" o ON o."id" = i."operationId" AND o."libraryId" = ${libraryId}
      WHERE w."etag" IS NULL
      UNION ALL
      -- The delete marker that a move left at its old place.
      SELECT w."index", o."userId", 'move', NULL, NULL, NULL
      FROM wanted w JOIN "Move" m ON m."libraryId" = ${libraryId} AND m."fromKey" = w."key" AND m."fromMarkerId" = w."versionId"
      JOIN "Operation" o ON o."id" = m."operationId")
    SELECT made.*, "User"."name" FROM made LEFT JOIN "User" ON "User"."id" = made."userId"`;
  return new Map(
    rows.map(({ fromPath, fromVersionId, ...row }) => [
      row.index,
      {
        ...row,
        name: row.name ?? 'Somebody',
        origin: fromPath !== null && fromVersionId !== null ? { path: fromPath, versionId: fromVersionId } : null,
      },
    ]),
  );
}
