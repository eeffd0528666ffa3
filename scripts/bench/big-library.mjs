import { makeBenchLibrary } from './bench-database.mjs';
import { fillFast } from './fill-fast.mjs';

/** Years at the top, and shoots in each of them. */
const [years, shoots] = [20, 50];
export const folders = years + years * shoots;

const words = [
  ...'lake jetty fog harbour forest portrait studio kite beach maple facade cups boats moss dawn dusk'.split(' '),
  ...'river summit glacier meadow orchard lantern bridge tower canal market tram bicycle violin heron'.split(' '),
];

/**
 * A library of so many files in the folders `year-07/shoot-011/`. The last word stands in a hundredth of the names, "zanzibar" in seven; a
 * twentieth is in the trash. All were inspected, as in a library that has been in use: else each page asks for what nobody looked at yet.
 * Rows that are there already are taken as they are (`BENCH_DATABASE`).
 * @returns its id
 */
export async function fillBigLibrary(db, rows) {
  const there = await db.library.findFirst();
  if (there) return there.id;
  const { library, root } = await makeBenchLibrary(db, { assetCount: Math.round(rows * 0.95) });
  const perShoot = Math.round((rows * 0.95) / years / shoots);
  await db.$executeRaw`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
    SELECT ${library.id}, ${root.id}, 'year-' || lpad(n::text, 2, '0') || '/', 'year-' || lpad(n::text, 2, '0'), ${perShoot * shoots}, 1
    FROM generate_series(0, ${years - 1}::int) AS n`;
  await db.$executeRaw`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
    SELECT ${library.id}, y."id", y."path" || 'shoot-' || lpad(n::text, 3, '0') || '/', 'shoot-' || lpad(n::text, 3, '0'), ${perShoot}, 1
    FROM "Folder" y, generate_series(0, ${shoots - 1}::int) AS n WHERE y."parentId" = ${root.id}`;
  // Hashes scatter the columns, so that no order is the order of the table.
  const insert = async (client, from, to) => {
    await client.query(`
      WITH made AS (
      INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "contentType", "size", "modifiedAt", "versionId",
                           "etag", "versionCount", "storageClass", "searchText")
      SELECT ${library.id}, f."id", f."path" || p.name, p.name, CASE WHEN n % 20 = 0 THEN 'trashed' ELSE 'live' END::"AssetState",
             k.kind, 'image/jpeg', abs(hashint4(n))::bigint % 300000,
             '2026-01-01'::timestamptz + (abs(hashint4(n + 1)) % 20000000) * interval '1 second', 'v' || n, 'e', 1,
             CASE WHEN n % 2000 = 3 THEN 'GLACIER' ELSE 'STANDARD' END,
             -- What the trigger makes of a file without tags and camera.
             search_fold(concat_ws(' ', f."path" || p.name, k.kind, 'jpeg'))
      FROM generate_series(${from}, ${to}) AS n
      CROSS JOIN LATERAL (
        SELECT CASE WHEN n % 100000 = 7 THEN 'archive' ELSE (ARRAY['image', 'image', 'image', 'video', 'document'])[1 + n % 5] END AS kind) AS k
      CROSS JOIN LATERAL (
        SELECT CASE WHEN n % 3 = 0 THEN 'DSC' ELSE 'IMG' END || '_' || n || '-'
          || CASE WHEN abs(hashint4(n + 2)) % 100 = 0 THEN 'heron'
                  ELSE ('{${words.join(',')}}'::text[])[1 + abs(hashint4(n + 3)) % ${words.length - 1}] END
          || CASE WHEN n % ${Math.floor(rows / 7)} = 1 THEN '-zanzibar' ELSE '' END || '.jpg' AS name) AS p
      JOIN "Folder" f ON f."libraryId" = ${library.id}
        AND f."path" = 'year-' || lpad((n % ${years})::text, 2, '0') || '/shoot-' || lpad((n / ${years} % ${shoots})::text, 3, '0') || '/'
      RETURNING "libraryId", "path", "versionId", "etag", "kind")
      INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "inspectedAt")
      SELECT "libraryId", "path", "versionId", "etag", "kind", 'image/jpeg', now() FROM made`);
  };
  await fillFast(['Asset', 'MediaInfo'], rows, insert, { without: ['Asset_search_away_idx'] });
  await db.$executeRawUnsafe('VACUUM (ANALYZE) "Folder"');
  return library.id;
}
