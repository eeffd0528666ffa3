/**
 * How fast is a restore to a moment, against a bare loop that only copies and deletes?
 * `npx node scripts/bench/restore.mjs [--objects 10000] [--rounds 3] [--lanes 8]`
 *
 * Makes a throwaway Postgres and MinIO. Each round fills two folders alike: half of the files were overwritten since (each needs a copy), half were
 * not there (each needs a delete marker). One folder is restored by the operation as the worker runs it: looked at, changed, looked at again,
 * journaled, indexed. The other is done by a bare loop of the AWS SDK with the same concurrency: CopyObject, encrypted as the app wants it, and
 * DeleteObject, nothing else. Which of the two goes first changes from round to round. Prints objects/s and the ratio of the medians; goal 0.85.
 * Then the processor time that an object costs each process, which says more on a machine that others use too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { findListener, treeCpuMs } from './pages/processes.mjs';

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    lanes: { type: 'string', default: '8' },
  },
});
const [objects, rounds, lanes] = [Number(values.objects), Number(values.rounds), Number(values.lanes)];

const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
const running = await startThrowawayServices({ dir, say: () => {} });
try {
  Object.assign(process.env, running.env, { LOG_LEVEL: 'warn' });
  await migrateDatabase(running.env.DATABASE_URL);
  await migrateQueue(running.env.DATABASE_URL);
  const { closeDb } = await import('../../lib/db.ts');
  const { makeTestLibrary } = await import('../testing/library.ts');
  const { inLanes } = await import('../../lib/operations/in-lanes.ts');
  const { reconcileLibrary } = await import('../../lib/indexing/reconcile/reconcile-library.ts');
  const { startOperation } = await import('../../lib/operations/start-operation.ts');
  const { runOperation } = await import('../../lib/operations/run-operation.ts');
  const home = await makeTestLibrary();
  const actor = await home.makeActor();
  const { library } = home;
  const client = new S3Client({
    endpoint: running.env.S3_ENDPOINT,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: running.env.S3_ACCESS_KEY_ID,
      secretAccessKey: running.env.S3_SECRET_ACCESS_KEY,
    },
  });
  const of = (Key) => ({ Bucket: library.bucket, Key });
  const nameOf = (folder, n) =>
    `${folder}day-${String(Math.floor(n / 100)).padStart(3, '0')}/IMG_${String(n).padStart(6, '0')}.jpg`;
  const numbers = Array.from({ length: objects }, (_, n) => n);
  const old = numbers.filter((n) => n % 2 === 0);
  // As the app wants it for everything that it writes; both sides encrypt, so that both do the same work at the store.
  const encrypted = { ServerSideEncryption: 'AES256' };
  const put = async (key, body) =>
    (await client.send(new PutObjectCommand({ ...of(key), Body: body, ...encrypted }))).VersionId;

  const roots = {
    postgres: findListener(Number(new URL(running.env.DATABASE_URL).port)),
    store: findListener(Number(new URL(running.env.S3_ENDPOINT).port)),
  };
  const readCpu = () => {
    const { user, system } = process.cpuUsage();
    const services = Object.entries(roots).map(([name, root]) => [name, treeCpuMs(root)]);
    return { node: (user + system) / 1_000, ...Object.fromEntries(services) };
  };

  const rates = { bare: [], restore: [] };
  const cpu = { bare: [], restore: [] };
  for (let round = 0; round < rounds; round += 1) {
    const folders = { bare: `bare-${round}/`, restore: `restore-${round}/` };
    const first = new Map();
    for (const folder of Object.values(folders)) {
      await inLanes(old, 16, async (n) => void first.set(nameOf(folder, n), await put(nameOf(folder, n), `old ${n}`)));
    }
    await sleep(1_100);
    const at = new Date().toISOString();
    await sleep(1_100);
    for (const folder of Object.values(folders)) {
      await inLanes(numbers, 16, async (n) => void (await put(nameOf(folder, n), `new ${n}`)));
    }
    await reconcileLibrary(library.id);

    const work = {
      bare: () =>
        inLanes(numbers, lanes, async (n) => {
          const key = nameOf(folders.bare, n);
          const source = `${library.bucket}/${encodeURIComponent(key)}?versionId=${first.get(key)}`;
          await client.send(
            first.has(key)
              ? new CopyObjectCommand({ ...of(key), CopySource: source, ...encrypted })
              : new DeleteObjectCommand(of(key)),
          );
        }),
      restore: async () => {
        await runOperation(planned);
      },
    };
    const selection = { paths: [folders.restore] };
    const { operation } = await startOperation(actor, {
      library: library.slug,
      type: 'restore-to-time',
      selection,
      params: { at },
    });
    const planned = BigInt(operation.id);
    const { total, pending } = operation.counts;
    if (total !== objects || pending !== objects) throw new Error(`The plan has ${pending} of ${objects} files to do.`);
    for (const name of round % 2 === 0 ? ['bare', 'restore'] : ['restore', 'bare']) {
      const before = readCpu();
      const from = performance.now();
      await work[name]();
      rates[name].push(objects / ((performance.now() - from) / 1_000));
      const after = readCpu();
      cpu[name].push(Object.fromEntries(Object.keys(after).map((who) => [who, (after[who] - before[who]) / objects])));
    }
    const { getOperation } = await import('../../lib/operations/get-operation.ts');
    const { state, counts } = (await getOperation(actor, { id: operation.id })).operation;
    if (state !== 'succeeded') throw new Error(`The restore ended as ${state}: ${JSON.stringify(counts)}`);
    console.log(
      `round ${round + 1}: bare ${rates.bare.at(-1).toFixed(0)} objects/s, restore ${rates.restore.at(-1).toFixed(0)} objects/s`,
    );
  }
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [bare, restore] = [median(rates.bare), median(rates.restore)];
  console.log(`\n${objects.toLocaleString('en')} objects, ${lanes} at once`);
  console.log(`bare loop  ${bare.toFixed(0)} objects/s`);
  console.log(
    `restore    ${restore.toFixed(0)} objects/s, ${(restore / bare).toFixed(2)} of the bare loop (goal 0.85)`,
  );
  for (const [name, list] of Object.entries(cpu)) {
    const parts = Object.keys(list[0]).map((who) => `${who} ${median(list.map((one) => one[who])).toFixed(2)}`);
    console.log(`CPU of ${name.padEnd(8)} ${parts.join(', ')} ms an object`);
  }
  await closeDb();
} finally {
  await running.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
