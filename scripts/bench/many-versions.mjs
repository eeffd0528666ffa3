import { makeBenchLibrary } from './bench-database.mjs';

/** Versions of each file, a day apart, all of them there. */
export const perFile = 5;

/**
 * The library `bench` with so many files of five versions each, dealt out to so many folders (`d0042/`).
 * @param db the database client
 * @param {number} files
 * @param {number} folders
 */
export async function fillManyVersions(db, files, folders) {
  const { library: row, root } = await makeBenchLibrary(db);
  await db.$executeRaw`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
    SELECT ${row.id}, ${root.id}, 'd' || lpad(n::text, 4, '0') || '/', 'd' || lpad(n::text, 4, '0'), 1, 1 FROM generate_series(0, ${folders - 1}::int) AS n`;
  const batch = 20_000;
  for (let from = 0; from < files; from += batch) {
    await db.$executeRaw`
      WITH made AS (
        INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "contentType", "size", "modifiedAt", "versionId", "etag", "versionCount")
        SELECT f."libraryId", f."id", f."path" || p.name, p.name, 'live', 'image', 'image/jpeg', 1000, '2026-01-05'::timestamptz, 'v5', 'e', ${perFile}::int
        FROM generate_series(${from}::int, ${Math.min(from + batch, files) - 1}::int) AS n
        JOIN "Folder" f ON f."libraryId" = ${row.id} AND f."path" = 'd' || lpad((n % ${folders}::int)::text, 4, '0') || '/'
        CROSS JOIN LATERAL (SELECT 'f' || lpad((n / ${folders}::int)::text, 8, '0') || '.jpg' AS name) AS p
        RETURNING "id", "folderId"
      )
      INSERT INTO "Version" ("assetId", "folderId", "versionId", "seq", "isDeleteMarker", "size", "etag", "contentType", "modifiedAt", "validFrom", "validTo")
      SELECT m."id", m."folderId", 'v' || s, s, false, 1000, 'e', 'image/jpeg', d.at, d.at, CASE WHEN s < ${perFile}::int THEN d.at + interval '1 day' END
      FROM made m CROSS JOIN generate_series(1, ${perFile}::int) AS s
      CROSS JOIN LATERAL (SELECT '2026-01-01'::timestamptz + (s - 1) * interval '1 day' AS at) AS d`;
  }
  await db.$executeRawUnsafe('VACUUM (ANALYZE) "Asset", "Version", "Folder"');
  return { id: row.id, bucket: 'bench', rootPrefix: '' };
}
