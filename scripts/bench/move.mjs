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
import { parseArgs } from 'node:util';
import { CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { cpuEach, encrypted, median, openOwnStore, sayCpu } from './own-store.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    lanes: { type: 'string', default: '8' },
  },
});
const [files, rounds, lanes] = [Number(values.files), Number(values.rounds), Number(values.lanes)];

const { library, actor, client, of, readCpu, close } = await openOwnStore();
try {
  const { db } = await import('../../lib/db.ts');
  const { inLanes } = await import('../../lib/operations/in-lanes.ts');
  const { reconcileLibrary } = await import('../../lib/indexing/reconcile/reconcile-library.ts');
  const { startOperation } = await import('../../lib/operations/start-operation.ts');
  const { undoOperation } = await import('../../lib/operations/undo-operation.ts');
  const { runOperation } = await import('../../lib/operations/run-operation.ts');
  const { getOperation } = await import('../../lib/operations/get-operation.ts');
  const names = Array.from({ length: files }, (_, n) => `IMG_${String(n).padStart(6, '0')}.jpg`);

  const seen = {};
  const measure = async (name, work) => {
    const before = readCpu();
    const from = performance.now();
    await work();
    const seconds = (performance.now() - from) / 1_000;
    const cpu = cpuEach(before, readCpu(), files);
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

  const rateOf = (name) => median(seen[name].map(({ rate }) => rate));
  console.log(`\n${files.toLocaleString('en')} files, ${lanes} at once`);
  for (const [name, list] of Object.entries(seen)) {
    const cpu = sayCpu(list.map((one) => one.cpu));
    console.log(`${name.padEnd(14)} ${rateOf(name).toFixed(0).padStart(5)} files/s; CPU a file: ${cpu} ms`);
  }
  console.log(`move           ${(rateOf('move') / rateOf('bare move')).toFixed(2)} of the bare loop's speed`);
  console.log(
    `deletion       ${(rateOf('bare deletion') / rateOf('deletion')).toFixed(2)} of the time of DeleteObjects (goal 1.3)`,
  );
} finally {
  await close();
}
process.exit(0);
