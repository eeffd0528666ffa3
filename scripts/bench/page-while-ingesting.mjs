/**
 * Does browsing stay quick while photos are taken in? `npx node scripts/bench/run.mjs page-while-ingesting [-- --rounds 4]`.
 * Each round asks a folder of 1,000 files for its page and for its listing, first while the worker has nothing to do, then while photos of
 * 12 MP are put into the bucket and it inspects them, at a fixed rate (so that a slow answer delays no later question). The first
 * round is dropped. Prints both p95 over all rounds and their ratio (performance.md 9.10, goal 3).
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makePhoto } from './make-photo.mjs';
import { openLibrary, readTarget, untilIdle } from './pages/bench-session.mjs';
import { fillFolder } from './pages/fill-folder.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '4' } },
});
const rounds = Number(values.rounds);
/** Questions of each kind a round, and milliseconds from one to the next. */
const [questions, every] = [40, 150];
/** Photos put before the worker must have caught up. */
const ahead = 40;
const goal = 3;
const target = readTarget();
if (!process.env.DATABASE_URL) throw new Error('Set DATABASE_URL: the folder is written straight into the index.');

const { db, closeDb } = await import('../../lib/db.ts');
const { requireLibraryById } = await import('../../lib/libraries/require-library.ts');
const { syncKey } = await import('../../lib/indexing/sync-key.ts');
const { putBytes } = await import('../../lib/storage/objects.ts');

await fillFolder(process.env.DATABASE_URL, { path: 'bench/', count: 1_000 });
const { page, slug } = await openLibrary(target);
try {
  const { id } = await db().library.findUniqueOrThrow({ where: { slug } });
  const library = await requireLibraryById(id);
  const photo = await makePhoto();
  const addresses = {
    page: `/browse/${slug}/bench`,
    listing: `/api/v1/libraries/${slug}/entries?path=bench/&limit=100`,
  };
  const idle = { page: [], listing: [] };
  const busy = { page: [], listing: [] };
  let inspected = 0;
  for (let round = 0; round <= rounds; round += 1) {
    await untilIdle(page, 300);
    add(idle, await page.call(ask, addresses, questions, every), round);
    const ended = new AbortController();
    const feeding = feed(library, photo, `ingest/${round}-`, ended.signal);
    try {
      await untilInspected(`ingest/${round}-`, 1);
      const before = await countInspected(`ingest/${round}-`);
      add(busy, await page.call(ask, addresses, questions, every), round);
      inspected += (await countInspected(`ingest/${round}-`)) - before;
    } finally {
      ended.abort();
      await feeding;
    }
  }
  console.log(
    `${inspected} photos of 12 MP inspected during ${((rounds + 1) * questions * every) / 1000} s of questions`,
  );
  for (const kind of Object.keys(addresses)) {
    const [quiet, loaded] = [p95(idle[kind]), p95(busy[kind])];
    const ratio = loaded / quiet;
    console.log(
      `${kind.padEnd(8)} p95 idle ${quiet.toFixed(1)} ms, while photos are taken in ${loaded.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (goal <= ${goal})`,
    );
  }
} finally {
  await page.close();
  await closeDb();
}

/** Puts photos into the bucket so that some always wait for the worker, until told to end. */
async function feed(library, photo, prefix, ended) {
  for (let at = 0; !ended.aborted; at += 1) {
    if (at % ahead === 0 && at > 0) await untilInspected(prefix, at - ahead);
    const key = `${prefix}${at}.jpg`;
    await putBytes({ bucket: library.bucket, key }, photo, 'image/jpeg');
    await syncKey(library, key);
  }
}

function countInspected(prefix) {
  return db().mediaInfo.count({ where: { key: { startsWith: prefix } } });
}

async function untilInspected(prefix, count) {
  const deadline = Date.now() + 60_000;
  while ((await countInspected(prefix)) < count) {
    if (Date.now() > deadline) throw new Error('The worker inspected nothing for a minute.');
    await delay(50);
  }
}

function add(all, measured, round) {
  if (round === 0) return;
  for (const [kind, times] of Object.entries(measured)) all[kind].push(...times);
}

/** Runs in the page. @returns milliseconds of each answer, by kind */
async function ask(addresses, questions, every) {
  const times = Object.fromEntries(Object.keys(addresses).map((kind) => [kind, []]));
  const asked = [];
  for (let at = 0; at < questions; at += 1) {
    for (const [kind, address] of Object.entries(addresses)) {
      const from = performance.now();
      asked.push(
        fetch(address, { cache: 'no-store' }).then(async (answer) => {
          if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
          await answer.text();
          times[kind].push(performance.now() - from);
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  await Promise.all(asked);
  return times;
}

function p95(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}
