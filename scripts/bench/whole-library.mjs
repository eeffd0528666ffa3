/**
 * What asks about a whole library, at any size: `npx node scripts/bench/whole-library.mjs [--rows 1000000] [--rounds 30]`.
 * Folders with their counts against counting the files (performance.md 9.8, goal 0.01), and what an admin asks for: the index page, and
 * what preparing all thumbnails would take, when all files were inspected and when none was. A statement ends at 30 s.
 */
import { parseArgs } from 'node:util';
import { startBenchDatabase } from './bench-database.mjs';
import { fillBigLibrary, folders } from './big-library.mjs';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '30' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const database = await startBenchDatabase();

try {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { listEntries } = await import('../../lib/assets/list-entries.ts');
  const { getIndex } = await import('../../lib/indexing/get-index.ts');
  const { estimatePreparation } = await import('../../lib/renditions/prepare-renditions.ts');

  const from = performance.now();
  const libraryId = await fillBigLibrary(db(), rows);
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(`${rows.toLocaleString('en')} assets in ${folders.toLocaleString('en')} folders, filled in ${seconds} s`);
  const grants = [{ libraryId, prefix: '', role: 'admin' }];
  const actor = { userId: 1n, name: 'Bench', email: 'bench@strata.local', via: 'session', sessionId: null, grants };
  const list = (path) => listEntries(actor, { library: 'bench', path, sort: 'name', limit: 100 });

  const ours = await measure('folders of the root, with counts', rounds, () => list(''));
  await measure('folders of a folder, with counts', rounds, () => list('year-07/'));
  await measure('a folder of files', rounds, () => list('year-07/shoot-011/'));
  const counting = await measure('the same counts by GROUP BY', 3, () =>
    db().$transaction(
      async (tx) => {
        await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
        return tx.$queryRaw`
        SELECT split_part("path", '/', 1) AS "folder", count(*)::float8, sum("size")::float8 FROM "Asset"
        WHERE "libraryId" = ${libraryId} AND "state" = 'live' GROUP BY 1`;
      },
      { timeout: 120_000 },
    ),
  );
  console.log(`folders of the root / GROUP BY: ${(ours / counting).toFixed(5)} (goal 0.01)`);
  await measure('the index page', 3, () => getIndex(actor));
  const estimate = async () => {
    const { plan } = await estimatePreparation(actor, { library: 'bench' });
    return `${plan.estimated ? 'about ' : ''}${plan.files.toLocaleString('en')} files, ${plan.bytes.toLocaleString('en')} bytes`;
  };
  await measure('thumbnails to prepare, none left', 3, estimate);
  // The rows may be kept for another benchmark.
  await db().$executeRaw`ALTER TABLE "MediaInfo" RENAME TO "MediaInfoKept"`;
  await db().$executeRaw`CREATE TABLE "MediaInfo" (LIKE "MediaInfoKept" INCLUDING ALL)`;
  await measure('thumbnails to prepare, all left', 3, estimate);
  await db().$executeRaw`DROP TABLE "MediaInfo"`;
  await db().$executeRaw`ALTER TABLE "MediaInfoKept" RENAME TO "MediaInfo"`;
  await closeDb();
} finally {
  await database.stop();
}

/** @returns the median in milliseconds */
async function measure(what, times, ask) {
  const all = [];
  let told;
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    told = await ask();
    all.push(performance.now() - start);
  }
  all.sort((a, b) => a - b);
  const at = (share) => all[Math.min(all.length - 1, Math.floor(all.length * share))].toFixed(1);
  console.log(`${what.padEnd(36)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms${typeof told === 'string' ? `: ${told}` : ''}`);
  return all[Math.floor(all.length / 2)];
}
