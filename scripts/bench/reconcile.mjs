/**
 * How fast is the index made to agree with a bucket, against a bare loop that only lists it?
 * `npx node scripts/bench/reconcile.mjs [--objects 200000] [--small 10000] [--rounds 3]`
 *
 * Makes a throwaway Postgres and MinIO, fills a bucket with `objects` empty files in 400 folders, and then in turn: lists all versions in a
 * bare loop over one connection (`client.send(new ListObjectVersionsCommand(…))` by 1,000, as the AWS SDK is used by everybody), in the same
 * loop over our own reader of such answers, and reconciles: the first time into an empty index, then with nothing to change. Goal: objects/s
 * of a reconcile at least 0.7 of the bare loop's. Memory: the largest RSS of a process that indexes `objects` and compares them, against one
 * that does so with `small` of them as often as makes the same number (V8 lets its heap grow with work of any kind): it must not grow
 * with the bucket.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { fillBucket } from './fill-bucket.mjs';

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '200000' },
    small: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [objects, small, rounds] = [Number(values.objects), Number(values.small), Number(values.rounds)];
const perFolder = 500;
const nameOf = (n) => {
  const folder = Math.floor(n / perFolder);
  return `shoots/${String(folder % 20).padStart(2, '0')}/day-${String(folder).padStart(5, '0')}/IMG_${String(n).padStart(7, '0')}.jpg`;
};

if (process.send) await child();
else await main();

async function main() {
  const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  const running = await startThrowawayServices({ dir, say: () => {} });
  try {
    Object.assign(process.env, running.env);
    await migrateDatabase(running.env.DATABASE_URL);
    await migrateQueue(running.env.DATABASE_URL);
    const { createBucket, enableVersioning } = await import('../../lib/storage/buckets.ts');
    for (const [bucket, count] of [
      ['strata-probe-small', small],
      ['strata-probe-large', objects],
    ]) {
      await createBucket(bucket);
      await enableVersioning(bucket);
      const from = performance.now();
      await fillBucket({ bucket, to: count, nameOf });
      const seconds = (performance.now() - from) / 1000;
      console.log(`filled ${bucket} with ${count.toLocaleString('en')} objects in ${seconds.toFixed(0)} s`);
    }
    const memory = {};
    for (const [bucket, count] of [
      ['strata-probe-small', small],
      ['strata-probe-large', objects],
    ]) {
      const repeats = Math.max(1, Math.round(objects / count));
      memory[bucket] = (await inChild({ bucket, count, measure: 'memory', repeats })).peak;
      const times = `${repeats} ${repeats === 1 ? 'time' : 'times'}`;
      console.log(
        `peak RSS, ${count.toLocaleString('en')} objects indexed and compared ${times}: ${memory[bucket]} MiB`,
      );
    }
    const growth = memory['strata-probe-large'] - memory['strata-probe-small'];
    console.log(`growth from ${small.toLocaleString('en')} to ${objects.toLocaleString('en')}: ${growth} MiB\n`);

    const figures = { bare: [], own: [], first: [], check: [] };
    for (let round = 0; round < rounds; round += 1) {
      const found = await inChild({ bucket: 'strata-probe-large', count: objects, measure: 'speed' });
      for (const [name, rate] of Object.entries(found)) figures[name].push(rate);
      const line = Object.entries(found).map(([name, rate]) => `${name} ${Math.round(rate).toLocaleString('en')}/s`);
      console.log(`round ${round + 1}: ${line.join(', ')}`);
    }
    const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
    const against = (name) => (median(figures[name]) / median(figures.bare)).toFixed(2);
    console.log(`\nbare loop            ${Math.round(median(figures.bare)).toLocaleString('en')} objects/s`);
    console.log(`the same, own reader ${Math.round(median(figures.own)).toLocaleString('en')} objects/s`);
    console.log(
      `first listing        ${Math.round(median(figures.first)).toLocaleString('en')} objects/s, ${against('first')} of the bare loop`,
    );
    console.log(
      `nothing to change    ${Math.round(median(figures.check)).toLocaleString('en')} objects/s, ${against('check')} of the bare loop (goal 0.7)`,
    );
  } finally {
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function inChild(work) {
  return new Promise((resolve, reject) => {
    const process_ = fork(import.meta.filename, process.argv.slice(2), { env: process.env });
    process_.once('message', resolve);
    process_.once('exit', (code) => reject(new Error(`The measured process ended with ${code}.`)));
    process_.send(work);
  });
}

async function child() {
  const { bucket, count, measure, repeats } = await new Promise((resolve) => process.once('message', resolve));
  const { db, closeDb } = await import('../../lib/db.ts');
  const { listVersionsPage } = await import('../../lib/storage/versions.ts');
  const { reconcileLibrary } = await import('../../lib/indexing/reconcile/reconcile-library.ts');
  const library = await makeLibrary(db(), bucket);
  const reconcile = async () => {
    const report = await reconcileLibrary(library.id);
    if (report.state !== 'done' || report.keys !== count) throw new Error(`Only ${report.keys} keys were compared.`);
  };
  const bare = async () => {
    const { ListObjectVersionsCommand, S3Client } = await import('@aws-sdk/client-s3');
    const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = process.env;
    const credentials = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
    const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials });
    let [seen, page] = [0, { IsTruncated: true }];
    while (page.IsTruncated) {
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, KeyMarker, VersionIdMarker }));
      seen += page.Versions?.length ?? 0;
    }
    if (seen !== count) throw new Error(`The bare loop saw ${seen} versions.`);
  };
  const own = async () => {
    let [next, seen] = [{}, 0];
    while (next) {
      const page = await listVersionsPage({ bucket, prefix: '', ...next });
      seen += page.versions.length;
      next = page.next;
    }
    if (seen !== count) throw new Error(`Our reader saw ${seen} versions.`);
  };
  const rate = async (work) => {
    const from = performance.now();
    await work();
    return count / ((performance.now() - from) / 1000);
  };
  let answer;
  if (measure === 'memory') {
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    for (let n = 0; n < repeats; n += 1) {
      if (n > 0) await emptyIndex(db(), library.id);
      await reconcile();
      await reconcile();
    }
    clearInterval(timer);
    answer = { peak: Math.round(peak / 1024 ** 2) };
  } else {
    answer = {
      bare: await rate(bare),
      own: await rate(own),
      first: await rate(reconcile),
      check: await rate(reconcile),
    };
  }
  await dropLibrary(db(), library.id);
  await closeDb();
  process.send(answer, () => process.exit(0));
}

async function makeLibrary(db, bucket) {
  const store = await db.store.upsert({
    where: { endpoint: process.env.S3_ENDPOINT },
    create: { endpoint: process.env.S3_ENDPOINT, capabilities: {}, probedAt: new Date() },
    update: {},
  });
  const place = { slug: bucket, name: bucket, storeId: store.id, bucket, createdByApp: false, versioning: 'enabled' };
  return db.library.create({ data: place });
}

async function emptyIndex(db, libraryId) {
  const { dropIndex } = await import('../../lib/indexing/drop-index.ts');
  await dropIndex(libraryId);
  await db.library.update({ where: { id: libraryId }, data: { indexedAt: null } });
}

async function dropLibrary(db, libraryId) {
  await emptyIndex(db, libraryId);
  await db.$executeRaw`DELETE FROM "FolderDelta" WHERE "libraryId" = ${libraryId}`;
  await db.$executeRaw`DELETE FROM "Folder" WHERE "libraryId" = ${libraryId}`;
  await db.library.delete({ where: { id: libraryId } });
}
