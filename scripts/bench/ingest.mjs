/**
 * How many photos a second does the worker take in, beside a bare loop of sharp over bytes in memory?
 *
 *   npx node scripts/bench/ingest.mjs [--photos 200] [--rounds 5] [--previews]
 *
 * Each round, in turn: the bare loop (decode, 320 px WebP, thumbhash; two at once) over N photos of 12 MP, then the pipeline: N versions
 * that wait in the queue, a worker that is started, and for each photo store, decoder process, store, database. Both make the same picture with the same
 * settings of WebP. A photo counts when its row is written; the time is from the first to the last of a round. The first round is dropped. Prints
 * medians, their ratio (goal 0.8), the peak memory of both, and the processor time that a photo costs each process: on a machine whose processors are
 * all busy the ratio is that of these sums, since store and database share them, and the bare loop needs neither.
 * Previews come after all thumbnails, so they are no part of it; `--previews` waits for them too and says how many a second they are.
 * Starts its own Postgres and MinIO.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { nodeBinary, projectRoot } from '../services/paths.mjs';
import { generateClient, runSetup } from '../services/prepare.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { makePhoto } from './make-photo.mjs';
import { findListener, processCpuMs, processTree, residentBytes, treeCpuMs } from './pages/processes.mjs';

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '5' },
    previews: { type: 'boolean', default: false },
  },
});
const photos = Number(values.photos);
const rounds = Number(values.rounds);
const goal = 0.8;

const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
await generateClient();
const services = await startThrowawayServices({ dir, say: console.log });
Object.assign(process.env, services.env);
let code = 1;
try {
  await migrateDatabase(process.env.DATABASE_URL);
  await migrateQueue(process.env.DATABASE_URL);
  await runSetup(services.env);
  await measure();
  code = 0;
} finally {
  await services.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(code);

async function measure() {
  const { db, closeDb } = await import('../../lib/db.ts');
  const { requireLibraryById } = await import('../../lib/libraries/require-library.ts');
  const { syncKey } = await import('../../lib/indexing/sync-key.ts');
  const { putBytes } = await import('../../lib/storage/objects.ts');
  const { id } = await db().library.findFirstOrThrow();
  const library = await requireLibraryById(id);
  const photo = await makePhoto();
  console.log(
    `${photos} photos of 12 MP, ${(photo.length / 2 ** 20).toFixed(1)} MiB each, ${rounds} rounds and one dropped`,
  );

  const results = [];
  for (let round = 0; round <= rounds; round += 1) {
    const before = process.cpuUsage();
    const bare = await bareLoop(photo);
    const { user, system } = process.cpuUsage(before);
    const bareCpu = (user + system) / 1_000 / photos;
    const keys = Array.from({ length: photos }, (_, at) => `round-${round}/${at}.jpg`);
    for (const key of keys) {
      await putBytes({ bucket: library.bucket, key }, photo, 'image/jpeg');
      await syncKey(library, key);
    }
    const where = { key: { in: keys } };
    const worker = startWorker();
    let peak = 0;
    let begun = null;
    let ended = null;
    try {
      for (let done = 0; done < photos; ) {
        if (worker.exitCode !== null) throw new Error('The worker stopped.');
        peak = Math.max(peak, memoryOf(worker.pid));
        await delay(100);
        done = await db().mediaInfo.count({ where });
        ended = { done, cpu: cpuOf(worker.pid) };
        if (done > 0) begun ??= ended;
      }
      if (values.previews) await sayPreviews(db, keys);
    } finally {
      worker.kill('SIGKILL');
    }
    const times = await db().mediaInfo.aggregate({ where, _min: { inspectedAt: true }, _max: { inspectedAt: true } });
    const seconds = (times._max.inspectedAt - times._min.inspectedAt) / 1000;
    // The previews that wait are not part of it.
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    const pipeline = (photos - 1) / seconds;
    console.log(
      `round ${round}: bare ${bare.toFixed(1)} img/s, pipeline ${pipeline.toFixed(1)} img/s, worker ${peak} MiB`,
    );
    const each = Object.keys(ended.cpu).map((who) => {
      const ms = (ended.cpu[who] - begun.cpu[who]) / (ended.done - begun.done);
      return `${who} ${ms.toFixed(1)}`;
    });
    console.log(`         processor time a photo, ms: bare ${bareCpu.toFixed(1)}; ${each.join(', ')}`);
    if (round > 0) results.push({ bare, pipeline, peak });
  }
  const of = (name) => median(results.map((result) => result[name]));
  const ratio = of('pipeline') / of('bare');
  console.log(
    `bare      ${of('bare').toFixed(1)} img/s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB at most`,
  );
  console.log(`pipeline  ${of('pipeline').toFixed(1)} img/s, ${of('peak')} MiB at most, decoders included`);
  console.log(`ratio     ${ratio.toFixed(2)} (goal ${goal}: ${ratio >= goal ? 'met' : 'missed'})`);
  await closeDb();
}

/** Waits for the previews of these photos. */
async function sayPreviews(db, keys) {
  const where = { key: { in: keys }, kind: 'preview' };
  while ((await db().rendition.count({ where })) < keys.length) await delay(200);
  const { _min, _max } = await db().rendition.aggregate({ where, _min: { madeAt: true }, _max: { madeAt: true } });
  const seconds = (_max.madeAt - _min.madeAt) / 1000;
  console.log(`         previews after that: ${((keys.length - 1) / seconds).toFixed(1)} img/s`);
}

/** Two at once, as goal 10 of the measurements says. @returns photos a second */
async function bareLoop(photo) {
  sharp.concurrency(1);
  sharp.cache(false);
  let left = photos;
  const started = performance.now();
  const lane = async () => {
    while (left-- > 0) {
      const { data: pixels, info: raw } = await sharp(photo)
        .autoOrient()
        .resize(320, 320, { fit: 'inside' })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const again = () => sharp(pixels, { raw });
      await again().webp({ quality: 72, effort: 2 }).toBuffer();
      const small = again().resize(100, 100, { fit: 'inside' }).ensureAlpha().raw();
      const { data, info } = await small.toBuffer({ resolveWithObject: true });
      rgbaToThumbHash(info.width, info.height, data);
    }
  };
  await Promise.all([lane(), lane()]);
  return photos / ((performance.now() - started) / 1000);
}

function startWorker() {
  return spawn(nodeBinary, ['lib/jobs/worker.ts'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Processor time so far, ms. */
function cpuOf(worker) {
  const all = treeCpuMs(worker);
  const own = processCpuMs(worker);
  return {
    worker: own,
    decoders: all - own,
    postgres: treeCpuMs(findListener(Number(new URL(process.env.DATABASE_URL).port))),
    store: treeCpuMs(findListener(Number(new URL(process.env.S3_ENDPOINT).port))),
  };
}

/** Resident memory of a process and all that it started, MiB (Linux). */
function memoryOf(pid) {
  return Math.round(processTree(pid).reduce((sum, each) => sum + residentBytes(each), 0) / 2 ** 20);
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
