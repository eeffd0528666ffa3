/**
 * Is the past as fast as the present? `npx node scripts/bench/as-of.mjs [--versions 1000000] [--rounds 40]`.
 * Makes a throwaway Postgres with five versions a file, and calls the listing itself (listEntries) for the first page and the middle of a
 * folder, now and as of a moment in the middle of its history, in turn. Prints medians and their ratio from this one run; goal 2 at 1 M versions.
 * Then what is asked for after the listing, once each: only what differs, counts, the line of time, and the moments to step to.
 */
import { parseArgs } from 'node:util';
import { startBenchDatabase } from './bench-database.mjs';
import { fillManyVersions, perFile } from './many-versions.mjs';

const { values } = parseArgs({
  options: { versions: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '40' } },
});
const files = Math.floor(Number(values.versions) / perFile);
const rounds = Number(values.rounds);
const folders = 100;

const database = await startBenchDatabase();

try {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { readAssetPage } = await import('../../lib/assets/read-asset-page.ts');
  const { readAssetPageAt } = await import('../../lib/history/read-asset-page-at.ts');
  const { countEntriesAt } = await import('../../lib/history/count-entries-at.ts');
  const { readTimeline } = await import('../../lib/history/read-timeline.ts');
  const { findChangesAround } = await import('../../lib/history/find-changes-around.ts');

  const library = await fillManyVersions(db(), files, folders);
  // Both versions that are listed were inspected, so that neither listing asks for it.
  await db().$executeRaw`
    INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "inspectedAt")
    SELECT a."libraryId", a."path", v.id, 'e', 'image', 'image/jpeg', now()
    FROM "Asset" a CROSS JOIN (VALUES ('v3'), ('v5')) AS v(id) WHERE a."path" LIKE 'd0042/%'`;
  await db().$executeRawUnsafe('VACUUM (ANALYZE) "MediaInfo"');
  const { id: folderId } = await db().folder.findFirstOrThrow({ where: { libraryId: library.id, path: 'd0042/' } });
  const at = '2026-01-03T12:00:00.000Z';
  console.log(
    `${(files * perFile).toLocaleString('en')} versions of ${files.toLocaleString('en')} files in ${folders} folders`,
  );
  const inFolder = Math.floor(files / folders);
  const middle = { value: `f${String(Math.floor(inFolder / 2)).padStart(8, '0')}.jpg`, tie: '0' };
  const shared = { library, folderId, sort: 'name', kind: null, limit: 100 };
  const calls = {
    'first page, now': () => readAssetPage({ ...shared, after: null }),
    'first page, then': () => readAssetPageAt({ ...shared, at, after: null }),
    'middle, now': () => readAssetPage({ ...shared, after: middle }),
    'middle, then': () => readAssetPageAt({ ...shared, at, after: middle }),
  };
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  for (let round = -5; round < rounds; round++) {
    for (const [name, call] of Object.entries(calls)) {
      const start = performance.now();
      const page = await call();
      if (page.length !== 100) throw new Error(`a page held ${page.length} files`);
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  for (const [name, list] of Object.entries(times)) console.log(`${name.padEnd(18)} ${median(list).toFixed(2)} ms`);
  const ratio = (place) => median(times[`${place}, then`]) / median(times[`${place}, now`]);
  console.log(
    `then / now: first page ${ratio('first page').toFixed(2)}, middle ${ratio('middle').toFixed(2)} (goal 2)`,
  );
  const actor = { userId: 1n, name: 'Bench', email: 'b@strata.local', via: 'session', sessionId: null };
  const grants = [{ libraryId: library.id, prefix: '', role: 'admin' }];
  const timed = async (call) => {
    // The first one also opens a connection and plans.
    await call({ ...actor, grants });
    const start = performance.now();
    return [await call({ ...actor, grants }), Math.round(performance.now() - start)];
  };
  const [, different] = await timed(() => readAssetPageAt({ ...shared, at, after: null, show: 'different' }));
  console.log(`first page of only what differs: ${different} ms`);
  for (const path of ['', 'd0042/']) {
    const place = { library: 'bench', path };
    const [counts, took] = await timed((who) => countEntriesAt(who, { ...place, at }));
    const [line, lineTook] = await timed((who) => readTimeline(who, { ...place, bars: 60, zone: 'UTC' }));
    const [around, aroundTook] = await timed((who) => findChangesAround(who, { ...place, at }));
    console.log(
      `${path || 'the whole library'}: counts ${counts.counted ? 'counted' : 'given up'} in ${took} ms, ` +
        `timeline ${line.exact ? 'counted' : 'estimated'} in ${lineTook} ms, steps ${around.known ? 'known' : 'unknown'} in ${aroundTook} ms`,
    );
  }
  await closeDb();
} finally {
  await database.stop();
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
