/**
 * Does search stay fast whatever is sought? `npx node scripts/bench/search.mjs [--rows 1000000] [--rounds 20]`.
 * Makes a throwaway Postgres, fills a library, and calls the search function itself (searchAssets) for words that are rare, middling, common
 * and absent, in turn; then for other shapes of query. Goals (performance.md 9.9): over {rare, common, absent} x 20 the slowest p95 is at most
 * 50 times the fastest p50, and no query takes over 10 times its own median. Give `--rows 10000000` for the size that the goal names.
 */
import { parseArgs } from 'node:util';
import { startBenchDatabase } from './bench-database.mjs';
import { fillBigLibrary, folders } from './big-library.mjs';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '20' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);

const database = await startBenchDatabase();

const goal = {
  rare: { q: 'zanzibar' },
  common: { q: 'img' },
  absent: { q: 'qxzvwk' },
};
const others = {
  middling: { q: 'heron' },
  'two words': { q: 'img heron' },
  'two rare': { q: 'zanzibar heron' },
  'two letters': { q: 'im' },
  'absent two': { q: 'qx' },
  'in a folder': { q: 'img', path: 'year-07/shoot-011/' },
  'in a year': { q: 'heron', path: 'year-07/' },
  'rare kind': { kind: 'archive' },
  'common kind': { kind: 'image' },
  'by size': { minSize: 299_990 },
  'by date': { q: 'img', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
  'by class': { storageClass: 'GLACIER' },
};

try {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { searchAssets } = await import('../../lib/search/search-assets.ts');

  const from = performance.now();
  const libraryId = await fillBigLibrary(db(), rows);
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(`${rows.toLocaleString('en')} assets in ${folders.toLocaleString('en')} folders, filled in ${seconds} s`);
  const [size] = await db().$queryRawUnsafe(
    `SELECT pg_size_pretty(pg_table_size('"Asset"')) AS "table", pg_size_pretty(pg_relation_size('"Asset_search_idx"')) AS "index"`,
  );
  console.log(`table ${size.table}, trigram index ${size.index}`);
  const actor = {
    userId: 1n,
    name: 'Bench',
    email: 'bench@strata.local',
    via: 'session',
    sessionId: null,
    grants: [{ libraryId, prefix: '', role: 'admin' }],
  };
  const search = (query) =>
    searchAssets(actor, { library: 'bench', q: '', path: '', sort: '-modified', limit: 100, ...query });

  const results = await measure(search, goal);
  const p95s = Object.values(results).map((times) => quantile(times, 0.95));
  const p50s = Object.values(results).map((times) => quantile(times, 0.5));
  const worst = Math.max(...Object.values(results).map((times) => Math.max(...times) / quantile(times, 0.5)));
  console.log(`slowest p95 / fastest p50: ${(Math.max(...p95s) / Math.min(...p50s)).toFixed(1)} (goal 50)`);
  console.log(`worst over its own median: ${worst.toFixed(1)} (goal 10)`);
  console.log('other shapes');
  await measure(search, others);
  await closeDb();
} finally {
  await database.stop();
}

async function measure(search, queries) {
  const times = Object.fromEntries(Object.keys(queries).map((name) => [name, []]));
  const totals = {};
  for (let round = -3; round < rounds; round++) {
    for (const [name, query] of Object.entries(queries)) {
      const start = performance.now();
      const page = await search(query).catch((error) => ({ total: { count: error.code, exact: true } }));
      if (round >= 0) times[name].push(performance.now() - start);
      totals[name] = `${page.total.count.toLocaleString('en')}${page.total.exact ? '' : '+'}`;
    }
  }
  console.log(`${'query'.padEnd(14)} ${'found'.padStart(16)}       p50       p95       max`);
  for (const [name, list] of Object.entries(times)) {
    const ms = (value) => `${value.toFixed(1)} ms`.padStart(9);
    console.log(
      `${name.padEnd(14)} ${totals[name].padStart(16)} ${ms(quantile(list, 0.5))} ${ms(quantile(list, 0.95))} ${ms(Math.max(...list))}`,
    );
  }
  return times;
}

function quantile(list, at) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))];
}
