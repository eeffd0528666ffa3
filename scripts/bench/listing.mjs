/**
 * How much dearer is the middle of a big folder than its start? `npx node scripts/bench/listing.mjs [--rows 1000000] [--rounds 60]`.
 * Makes a throwaway Postgres, fills one folder with assets, and calls the listing function itself (listEntries) for the first page and
 * for the page in the middle, in turn, under each order. Prints medians and their ratio from this one run; goal 1.3 at 1 M rows.
 */
import { parseArgs } from 'node:util';
import { makeBenchLibrary, startBenchDatabase } from './bench-database.mjs';
import { fillFast } from './fill-fast.mjs';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '60' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const folders = 200;
const pageSize = 100;
const sorts = ['name', '-name', 'size', '-size', 'modified', '-modified', 'type'];

const database = await startBenchDatabase();

try {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { listEntries } = await import('../../lib/assets/list-entries.ts');
  const { encodeEntriesCursor } = await import('../../lib/assets/entries-cursor.ts');
  const { placeOf } = await import('../../lib/assets/read-asset-page.ts');

  console.log(`${rows.toLocaleString('en')} assets and ${folders} folders in one folder, pages of ${pageSize}`);
  const libraryId = await fill(db());
  const actor = {
    userId: 1n,
    name: 'Bench',
    email: 'bench@strata.local',
    via: 'session',
    sessionId: null,
    grants: [{ libraryId, prefix: '', role: 'admin' }],
  };
  const list = (sort, cursor) =>
    listEntries(actor, { library: 'bench', path: '', sort, limit: pageSize, ...(cursor ? { cursor } : {}) });
  const timed = async (call) => {
    const from = performance.now();
    const page = await call();
    const milliseconds = performance.now() - from;
    if (page.entries.length !== pageSize) throw new Error(`a page held ${page.entries.length} entries`);
    return milliseconds;
  };

  console.log('order       first assets    middle      ratio   folders page   p95 first, middle');
  const ratios = [];
  for (const sort of sorts) {
    const start = encodeEntriesCursor(sort, null, { phase: 'assets', after: null });
    const middle = encodeEntriesCursor(sort, null, {
      phase: 'assets',
      after: await placeInTheMiddle(db(), sort, placeOf),
    });
    const times = { first: [], middle: [], folders: [] };
    for (let round = -5; round < rounds; round++) {
      const calls = [
        ['first', () => list(sort, start)],
        ['middle', () => list(sort, middle)],
        ['folders', () => list(sort)],
      ];
      // The order turns, so that none of them always follows the same one.
      for (let at = 0; at < calls.length; at++) {
        const [name, call] = calls[(at + round + calls.length * 10) % calls.length];
        const milliseconds = await timed(call);
        if (round >= 0) times[name].push(milliseconds);
      }
    }
    const ratio = median(times.middle) / median(times.first);
    ratios.push(ratio);
    const p95 = (list) => `${quantile(list, 0.95).toFixed(2)} ms`.padStart(9);
    const ms = (list) => `${median(list).toFixed(2)} ms`.padStart(9);
    console.log(
      `${sort.padEnd(10)} ${ms(times.first)} ${ms(times.middle)}     ${ratio.toFixed(2)}   ${ms(times.folders)}   ${p95(times.first)} ${p95(times.middle)}`,
    );
  }
  console.log(`worst ratio middle / first: ${Math.max(...ratios).toFixed(2)} (goal 1.3)`);
  await closeDb();
} finally {
  await database.stop();
}

/** Rows that are there already are taken as they are (`BENCH_DATABASE`). @returns the library's id */
async function fill(db) {
  const there = await db.library.findFirst();
  if (there) return there.id;
  const { library, root } = await makeBenchLibrary(db, { assetCount: rows });
  await db.$executeRaw`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
    SELECT ${library.id}, ${root.id}, 'folder-' || lpad(n::text, 6, '0') || '/', 'folder-' || lpad(n::text, 6, '0'), 1, 1
    FROM generate_series(1, ${folders}::int) AS n`;
  // Hashes scatter the columns, so that no order is the order of the table; sizes and times tie often.
  const insert = (client, from, to) =>
    client.query(`
      INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "contentType", "size", "modifiedAt", "versionId", "versionCount")
      SELECT ${library.id}, ${root.id}, f.name, f.name, CASE WHEN n % 20 = 0 THEN 'trashed' ELSE 'live' END::"AssetState",
             (ARRAY['image', 'image', 'image', 'video', 'document', 'other'])[1 + n % 6], 'image/jpeg',
             abs(hashint4(n))::bigint % 300000, '2026-01-01'::timestamptz + (abs(hashint4(n + 1)) % 20000000) * interval '1 second',
             'v' || n, 1
      FROM generate_series(${from}, ${to}) AS n, LATERAL (SELECT 'IMG_' || md5(n::text) || '.jpg' AS name) AS f`);
  await fillFast(['Asset'], rows, insert, { without: ['Asset_search_idx', 'Asset_search_away_idx'] });
  await db.$executeRaw`
    INSERT INTO "FolderDelta" ("libraryId", "path", "assetCount", "bytes")
    SELECT ${library.id}, 'folder-' || lpad(n::text, 6, '0') || '/', 1, 10 FROM generate_series(1, 100) AS n`;
  await db.$executeRawUnsafe('VACUUM (ANALYZE) "Folder", "FolderDelta"');
  return library.id;
}

/** By OFFSET, which only this script may afford. */
async function placeInTheMiddle(db, sort, placeOf) {
  const order = {
    name: '"name"',
    '-name': '"name" DESC',
    size: '"size", "id"',
    '-size': '"size" DESC, "id" DESC',
    modified: '"modifiedAt", "id"',
    '-modified': '"modifiedAt" DESC, "id" DESC',
    type: '"kind", "name"',
  }[sort];
  const [row] = await db.$queryRawUnsafe(
    `SELECT "id", "name", "size", "modifiedAt", "kind" FROM "Asset" WHERE "state" = 'live' ORDER BY ${order} OFFSET ${Math.floor((rows * 0.95) / 2)} LIMIT 1`,
  );
  return placeOf({ ...row, id: String(row.id), modifiedAt: row.modifiedAt.toISOString() }, sort);
}

function median(list) {
  return quantile(list, 0.5);
}

function quantile(list, at) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))];
}
