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
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { cpuEach, encrypted, median, openOwnStore, sayCpu } from './own-store.mjs';

const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    lanes: { type: 'string', default: '8' },
  },
});
const [objects, rounds, lanes] = [Number(values.objects), Number(values.rounds), Number(values.lanes)];

const { library, actor, client, of, readCpu, close } = await openOwnStore();
try {
  const { inLanes } = await import('../../lib/operations/in-lanes.ts');
  const { reconcileLibrary } = await import('../../lib/indexing/reconcile/reconcile-library.ts');
  const { startOperation } = await import('../../lib/operations/start-operation.ts');
  const { runOperation } = await import('../../lib/operations/run-operation.ts');
  const nameOf = (folder, n) =>
    `${folder}day-${String(Math.floor(n / 100)).padStart(3, '0')}/IMG_${String(n).padStart(6, '0')}.jpg`;
  const numbers = Array.from({ length: objects }, (_, n) => n);
  const old = numbers.filter((n) => n % 2 === 0);
  const put = async (key, body) =>
    (await client.send(new PutObjectCommand({ ...of(key), Body: body, ...encrypted }))).VersionId;

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
      cpu[name].push(cpuEach(before, readCpu(), objects));
    }
    const { getOperation } = await import('../../lib/operations/get-operation.ts');
    const { state, counts } = (await getOperation(actor, { id: operation.id })).operation;
    if (state !== 'succeeded') throw new Error(`The restore ended as ${state}: ${JSON.stringify(counts)}`);
    console.log(
      `round ${round + 1}: bare ${rates.bare.at(-1).toFixed(0)} objects/s, restore ${rates.restore.at(-1).toFixed(0)} objects/s`,
    );
  }
  const [bare, restore] = [median(rates.bare), median(rates.restore)];
  console.log(`\n${objects.toLocaleString('en')} objects, ${lanes} at once`);
  console.log(`bare loop  ${bare.toFixed(0)} objects/s`);
  console.log(
    `restore    ${restore.toFixed(0)} objects/s, ${(restore / bare).toFixed(2)} of the bare loop (goal 0.85)`,
  );
  for (const [name, list] of Object.entries(cpu)) {
    console.log(`CPU of ${name.padEnd(8)} ${sayCpu(list)} ms an object`);
  }
} finally {
  await close();
}
process.exit(0);
