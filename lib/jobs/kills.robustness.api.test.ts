import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient, type Started } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { makeDice } from '#scripts/testing/dice.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { hurry } from '#scripts/testing/hurry.ts';
import { enqueue } from './enqueue.ts';

/**
 * Web and worker are killed at random moments of uploads, operations and comparisons, again and again; then everything that was asked
 * for is there once. `ROBUSTNESS_KILLS` sets the kills of each process; moments come from the seed that is printed.
 */
const kills = Number(process.env.ROBUSTNESS_KILLS || 3);
const { seed, roll } = makeDice();
/** Milliseconds after the beginning of the work; what is meant to be hit takes about as long. */
const latest = { web: 250, worker: 600 };

let app: AppUnderTest;
let anna: AppClient;
const tried = { web: 0, worker: 0, uploads: 0, items: 0, comparisons: 0 };
/** Seconds that it took until all was well again, by what was under way. */
const seconds: Record<string, number> = {};
beforeAll(async () => {
  app = await startAppUnderTest({ pauseMs: 0 });
  anna = appClient(await app.signIn('admin'), app.library.slug);
}, 180_000);
afterAll(async () => {
  console.log(
    `kills (seed ${seed}): web ${tried.web}, worker ${tried.worker}, in ${tried.uploads} uploads, ${tried.items} items of operations, ` +
      `${tried.comparisons} comparisons; nothing lost, nothing doubled unless a test says so; seconds ${JSON.stringify(seconds)}`,
  );
  await app?.stop();
});
vi.setConfig({ testTimeout: 60_000 * (kills + 5) });

const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });
/** Asks until an answer comes, as the browser's engine does: the process may be dead at any moment. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function killDuring(name: 'web' | 'worker', what: string, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  const working = work();
  // Told below; a rejection before that must not count as unhandled.
  working.catch(() => {});
  await sleep(roll(latest[name]));
  await app.kill(name);
  tried[name] += 1;
  await hurry(app, { now: true });
  await working;
  const row = `${name}, ${what}`;
  seconds[row] = Math.round((seconds[row] ?? 0) + (performance.now() - from) / 1000);
}

async function upload(name: 'web' | 'worker', folder: string, count: number): Promise<string[]> {
  // A start whose answer was lost keeps its paths reserved: those are asked for under other names.
  let attempt = 0;
  const started: Started[] = await insist(async () => {
    attempt += 1;
    return anna.start(Array.from({ length: count }, (_, at) => `${folder}${attempt}-${at}.jpg`));
  });
  await killDuring(name, 'uploads', async () => {
    await Promise.all(started.map((one) => anna.put(one)));
    await until('all to be completed', async () => {
      await hurry(app);
      return insist(async () => (await anna.complete(started)).every((result) => result.state === 'completed'));
    });
  });
  tried.uploads += count;
  return started.map((one) => one.path);
}

/** Up to 50 items run in the web process, more in the worker (DESIGN section 5). */
async function trash(name: 'web' | 'worker', paths: string[]): Promise<void> {
  const clientId = crypto.randomUUID();
  const ids = (await db().asset.findMany({ where: { path: { in: paths } } })).map((asset) => String(asset.id));
  await killDuring(name, 'operations', async () => {
    const body = { type: 'trash', selection: { ids }, clientId };
    const { operation } = await insist(() =>
      anna.ask<{ operation: { id: string } }>('POST', `/libraries/${app.library.slug}/operations`, body),
    );
    await until('the operation to end', async () => {
      await hurry(app);
      await sleep(200);
      return (await db().operation.findUniqueOrThrow({ where: { id: BigInt(operation.id) } })).state === 'succeeded';
    });
  });
  tried.items += paths.length;
}

async function compare(name: 'web' | 'worker', folder: string): Promise<string[]> {
  const keys = Array.from({ length: 8 }, (_, at) => `${folder}behind-${at}.txt`);
  await Promise.all(keys.map((key) => putBytes({ bucket: app.library.bucket, key }, Buffer.from(key), 'text/plain')));
  await enqueue(db(), 'index-library', { libraryId: String(app.library.id) });
  await killDuring(name, 'comparisons', () =>
    until('the comparison to end', async () => {
      await hurry(app);
      await sleep(200);
      await insist(() => anna.names(''));
      const known = await db().asset.count({ where: { path: { in: keys }, state: 'live' } });
      return known === keys.length && (await db().indexRun.count({ where: { state: 'running' } })) === 0;
    }),
  );
  tried.comparisons += 1;
  return keys;
}

describe.each(['web', 'worker'] as const)('%s killed again and again', (name) => {
  it('during uploads, operations and comparisons: nothing is lost, nothing is doubled', async () => {
    for (let round = 0; tried[name] < kills; round += 1) {
      const folder = `${name}/${round}/`;
      const paths = await upload(name, folder, name === 'web' ? 20 : 55);
      for (const history of await Promise.all(paths.map(stored))) expect(history).toHaveLength(1);
      await trash(name, paths);
      for (const history of await Promise.all(paths.map(stored))) {
        expect(history.map((version) => version.isDeleteMarker)).toEqual([true, false]);
      }
      const keys = await compare(name, folder);
      for (const history of await Promise.all(keys.map(stored))) expect(history).toHaveLength(1);
    }
    await app.untilReady();
    await until('jobs in hand to end', async () => {
      await hurry(app);
      await sleep(500);
      const rows = await db().$queryRaw<unknown[]>`
        SELECT 1 FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL AND "task_identifier" <> 'sweep-uploads'`;
      return rows.length === 0;
    });
    expect(await findHalfTruths(app.library)).toEqual([]);
  });
});
