import pg from 'pg';

/**
 * Puts a folder of made-up assets straight into the index, for looking and for measuring: nothing of it is in the store. Shapes, kinds,
 * sizes and dates (three years) are mixed, and a few folders stand before the files.
 *
 * @param {string} databaseUrl
 * @param {{ path: string, count: number, folders?: number }} folder `path` ends in "/" and has no folder above it
 */
export async function fillFolder(databaseUrl, { path, count, folders = 8 }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Without triggers: what search keeps of each row costs many times the row, and nobody searches for these.
    await client.query('SET session_replication_role = replica');
    const library = (await client.query('SELECT "id", "rootPrefix" FROM "Library" ORDER BY "id" LIMIT 1')).rows[0];
    const root = (
      await client.query(
        `INSERT INTO "Folder" ("libraryId", "path", "name") VALUES ($1, '', '')
         ON CONFLICT ("libraryId", "path") DO UPDATE SET "name" = '' RETURNING "id"`,
        [library.id],
      )
    ).rows[0].id;
    await client.query(
      'UPDATE "Folder" SET "assetCount" = "assetCount" + $2, "bytes" = "bytes" + $2::bigint * 3000000 WHERE "id" = $1',
      [root, count],
    );
    const folder = (
      await client.query(
        `INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
         VALUES ($1, $2, $3, $4, $5::bigint, $5::bigint * 3000000) RETURNING "id"`,
        [library.id, root, path, path.slice(0, -1), count],
      )
    ).rows[0].id;
    await client.query(
      `INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
       SELECT $1, $2, $3::text || 'part-' || n || '/', 'part-' || n, n * 10, n * 10000000 FROM generate_series(1, $4::int) AS n`,
      [library.id, folder, path, folders],
    );
    const batch = 20_000;
    for (let from = 0; from < count; from += batch) {
      const to = Math.min(from + batch, count);
      await client.query(
        `INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "contentType", "size", "modifiedAt", "versionId", "versionCount")
         SELECT $1, $2, $3 || f.name, f.name, 'live', f.kind, f.type, 20000 + abs(hashint4(n))::bigint % 9000000,
                now() - (abs(hashint4(n + 1)) % 94000000) * interval '1 second', 'v' || n, 1 + (abs(hashint4(n + 2)) % 5) / 3
         FROM generate_series($4::int, $5::int) AS n,
              LATERAL (SELECT CASE WHEN n % 23 = 0 THEN 'video' WHEN n % 31 = 0 THEN 'document' ELSE 'image' END AS kind) AS k,
              LATERAL (SELECT k.kind, CASE k.kind WHEN 'video' THEN 'video/mp4' WHEN 'document' THEN 'application/pdf' ELSE 'image/jpeg' END AS type,
                              'IMG_' || lpad(n::text, 6, '0') || CASE k.kind WHEN 'video' THEN '.mp4' WHEN 'document' THEN '.pdf' ELSE '.jpg' END AS name) AS f`,
        [library.id, folder, path, from + 1, to],
      );
      await client.query(
        `INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "width", "height", "inspectedAt")
         SELECT a."libraryId", $2 || a."path", a."versionId", 'e', a."kind", a."contentType",
                (ARRAY[6000, 4000, 4000, 6000, 4000, 9000])[1 + a."id" % 6], (ARRAY[4000, 6000, 3000, 3375, 4000, 3000])[1 + a."id" % 6], now()
         FROM "Asset" a WHERE a."folderId" = $1 AND a."kind" IN ('image', 'video') AND a."id" % 10 > 0
         ON CONFLICT DO NOTHING`,
        [folder, library.rootPrefix],
      );
    }
    await client.query('VACUUM (ANALYZE) "Asset", "MediaInfo", "Folder"');
  } finally {
    await client.end();
  }
}

/** Takes such a folder away again, from the index and from the counts of the library. */
export async function emptyFolder(databaseUrl, path) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    const below = `"path" LIKE $1 || '%'`;
    await client.query(
      `UPDATE "Folder" r SET "assetCount" = r."assetCount" - f."assetCount", "bytes" = r."bytes" - f."bytes"
       FROM "Folder" f WHERE f."path" = $1 AND r."libraryId" = f."libraryId" AND r."path" = ''`,
      [path],
    );
    await client.query(`DELETE FROM "MediaInfo" WHERE "key" LIKE '%' || $1 || '%'`, [path]);
    await client.query(`DELETE FROM "FolderDelta" WHERE ${below}`, [path]);
    await client.query(`DELETE FROM "Asset" WHERE ${below}`, [path]);
    await client.query(`DELETE FROM "Folder" WHERE ${below}`, [path]);
  } finally {
    await client.end();
  }
}
