/**
 * How fast are a move of many files and its undo, and a deletion and its undo, against bare requests?
 * `npx node scripts/bench/move.mjs [--files 1000] [--rounds 3] [--lanes 8]`
 *
 * Makes a throwaway Postgres and MinIO. Each round fills three folders alike. One is moved by the operation as the worker runs it: looked at, copied,
 * looked at again, markers put, looked at again, journaled, indexed; then that is undone, the files are deleted, and that is undone. The others are done
 * by bare loops of the AWS SDK that look at nothing and write nothing down: CopyObject (encrypted as the app wants it) and DeleteObject for each
 * file, with the same concurrency, and for the deletion a DeleteObjects for each thousand files. Prints files/s, the ratios, and the processor time
 * that a file costs each process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { findListener, treeCpuMs } from './pages/processes.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    lanes: { type: 'string', default: '8' },
  },
});
const [files, rounds, lanes] = [Number(values.files), Number(values.rounds), Number(values.lanes)];

const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
const running = await startThrowawayServices({ dir, say: () => {} });
try {
  Object.assign(process.env, running.env, { LOG_LEVEL: 'warn' });
  await migrateDatabase(running.env.DATABASE_URL);
  await migrateQueue(running.env.DATABASE_URL);
  const { closeDb, db } = await import('../../lib/db.ts');
  const { makeTestLibrary } = await import('../testing/library.ts');
  const { inLanes } = await import('../../lib/operations/in-lanes.ts');
  const { reconcileLibrary } = await import('../../lib/indexing/reconcile/reconcile-library.ts');
  const { startOperation } = await import('../../lib/operations/start-operation.ts');
  const { undoOperation } = await import('../../lib/operations/undo-operation.ts');
  const { runOperation } = await import('../../lib/operations/run-operation.ts');
  const { getOperation } = await import('../../lib/operations/get-operation.ts');
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
  const names = Array.from({ length: files }, (_, n) => `IMG_${String(n).padStart(6, '0')}.jpg`);
  // As the app wants it for everything that it writes; both sides encrypt, so that both do the same work at the store.
  const encrypted = { ServerSideEncryption: 'AES256' };

  const roots = {
    postgres: findListener(Number(new URL(running.env.DATABASE_URL).port)),
    store: findListener(Number(new URL(running.env.S3_ENDPOINT).port)),
  };
  const readCpu = () => {
    const { user, system } = process.cpuUsage();
    const services = Object.entries(roots).map(([name, root]) => [name, treeCpuMs(root)]);
    return { node: (user + system) / 1_000, ...Object.fromEntries(services) };
  };

  const seen = {};
  const measure = async (name, work) => {
    const before = readCpu();
    const from = performance.now();
    await work();
    const seconds = (performance.now() - from) / 1_000;
    const after = readCpu();
    const cpu = Object.fromEntries(Object.keys(after).map((who) => [who, (after[who] - before[who]) / files]));
    seen[name] = [...(seen[name] ?? []), { rate: files / seconds, cpu }];
  };
  /** Runs an operation that was planned or queued, here and now, and sees to it that all went well. */
  const runHere = async (id) => {
    await db().operation.updateMany({ where: { id: BigInt(id), state: 'planned' }, data: { state: 'queued' } });
    await runOperation(BigInt(id));
    const { state, counts } = (await getOperation(actor, { id })).operation;
    if (state !== 'succeeded' || counts.done !== files)
      throw new Error(`The operation ended as ${state}: ${JSON.stringify(counts)}`);
  };
  const start = async (type, path, params) => {
    const input = { library: library.slug, type, selection: { paths: [path] }, params, dryRun: true };
    return (await startOperation(actor, input)).operation.id;
  };

  for (let round = 0; round < rounds; round += 1) {
    const [bare, ours, gone] = ['bare', 'ours', 'gone'].map((name) => `${name}-${round}/`);
    for (const folder of [bare, ours, gone]) {
      await inLanes(names, 16, async (name) => {
        await client.send(new PutObjectCommand({ ...of(folder + name), Body: name, ...encrypted }));
      });
    }
    await reconcileLibrary(library.id);

    await measure('bare move', () =>
      inLanes(names, lanes, async (name) => {
        const source = `${library.bucket}/${bare}${name}`;
        await client.send(new CopyObjectCommand({ ...of(`moved-${bare}${name}`), CopySource: source, ...encrypted }));
        await client.send(new DeleteObjectCommand(of(bare + name)));
      }),
    );
    const move = await start('move', ours, { to: `moved-${round}/` });
    await measure('move', () => runHere(move));
    const back = await undoOperation(actor, { id: move });
    await measure('undo of it', () => runHere(back.operation.id));

    await measure('bare deletion', async () => {
      for (let at = 0; at < files; at += 1_000) {
        const Objects = names.slice(at, at + 1_000).map((name) => ({ Key: gone + name }));
        await client.send(new DeleteObjectsCommand({ Bucket: library.bucket, Delete: { Objects } }));
      }
    });
    const trash = await start('trash', ours);
    await measure('deletion', () => runHere(trash));
    const untrash = await undoOperation(actor, { id: trash });
    await measure('undo of that', () => runHere(untrash.operation.id));
    console.log(`round ${round + 1} done`);
  }

  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const rateOf = (name) => median(seen[name].map(({ rate }) => rate));
  console.log(`\n${files.toLocaleString('en')} files, ${lanes} at once`);
  for (const [name, list] of Object.entries(seen)) {
    const cpu = Object.keys(list[0].cpu).map((who) => `${who} ${median(list.map((one) => one.cpu[who])).toFixed(2)}`);
    console.log(`${name.padEnd(14)} ${rateOf(name).toFixed(0).padStart(5)} files/s; CPU a file: ${cpu.join(', ')} ms`);
  }
  console.log(`move           ${(rateOf('move') / rateOf('bare move')).toFixed(2)} of the bare loop's speed`);
  console.log(
    `deletion       ${(rateOf('bare deletion') / rateOf('deletion')).toFixed(2)} of the time of DeleteObjects (goal 1.3)`,
  );
  await closeDb();
} finally {
  await running.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
