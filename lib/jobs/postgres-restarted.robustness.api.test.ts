import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { findFreePort } from '#scripts/services/ports.mjs';
import { startPostgres } from '#scripts/services/postgres.mjs';
import { type AppClient, appClient, type Started } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { makeDice } from '#scripts/testing/dice.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { hurry } from '#scripts/testing/hurry.ts';
import { repeat } from './repeat.ts';

/** `ROBUSTNESS_RESTARTS`: how often Postgres is restarted, every other time by killing it, while people upload and move to trash. */
const restarts = Number(process.env.ROBUSTNESS_RESTARTS || 2);
const { seed, roll } = makeDice();
let app: AppUnderTest;
let anna: AppClient;
let postgres: { service: { pid: number; stop: () => Promise<void>; exited: Promise<unknown> }; url: string };
let start: () => Promise<typeof postgres>;
const counts = { restarts: 0, uploads: 0, operations: 0, refused: 0 };
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'strata-postgres-'));
  chmodSync(dir, 0o711);
  mkdirSync(join(dir, 'run'));
  const port = await findFreePort();
  const place = { dir: join(dir, 'postgres'), port, password: 'postgres-of-a-test' };
  start = () => startPostgres({ ...place, runDir: join(dir, 'run'), logFile: join(dir, 'postgres.log') }) as never;
  postgres = await start();
  process.env.DATABASE_URL = postgres.url;
  app = await startAppUnderTest({ pauseMs: 200 });
  anna = appClient(await app.signIn(), app.library.slug);
}, 240_000);
afterAll(async () => {
  console.log(
    `Postgres restarted (seed ${seed}): ${JSON.stringify(counts)}; nothing lost, nothing doubled unless a test says so`,
  );
  await app?.stop();
  await postgres?.service.stop();
  rmSync(dir, { recursive: true, force: true });
});
vi.setConfig({ testTimeout: 180_000 + 60_000 * restarts });

const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });

/** Calls until it works. Every refusal on the way says that the database is away, and when to come back; nothing is a bare 500. */
async function insist<T>(method: string, path: string, body?: unknown): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const answer = await anna.call(method, path, body);
    if (answer.status === 200) return answer.body as T;
    expect(answer.body, answer.text).toMatchObject({ status: 503, code: 'database_unavailable' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    counts.refused += 1;
    if (Date.now() > deadline) throw new Error(`${method} ${path} never came back.`);
    await sleep(100);
  }
}

/** Uploads a folder and moves it to trash, again and again, until told to stop. */
async function work(lane: number, stopped: () => boolean): Promise<string[]> {
  const all: string[] = [];
  for (let round = 0; !stopped(); round += 1) {
    const folder = `lane-${lane}/${round}/`;
    // A start whose answer was lost keeps its paths reserved: the next try takes other names.
    const { results } = await insist<{ results: Started[] }>(
      'POST',
      `/libraries/${app.library.slug}/uploads`,
      await anna.startBody(Array.from({ length: 8 }, (_, at) => `${folder}${at}.jpg`)),
    );
    const started = results.filter((result) => result.ok);
    await Promise.all(started.map((one) => anna.put(one)));
    await until('a batch to be completed', async () => {
      const ids = started.map((one) => one.id);
      const answer = await insist<{ results: { ok: boolean; state?: string }[] }>('POST', '/uploads/complete', { ids });
      return answer.results.every((result) => result.state === 'completed');
    });
    counts.uploads += started.length;
    const body = { type: 'trash', selection: { paths: [folder] }, clientId: crypto.randomUUID() };
    await insist('POST', `/libraries/${app.library.slug}/operations`, body);
    counts.operations += 1;
    all.push(...started.map((one) => one.path));
  }
  return all;
}

it('Postgres restarted and killed under load: every answer is honest, and afterwards everything is there once', async () => {
  let isOver = false;
  const lanes = Promise.all([0, 1, 2].map((lane) => work(lane, () => isOver)));
  lanes.catch(() => {});
  // What a dead connection left claimed is found at once, not after its lease.
  const beating = repeat('hurry', 1_000, () => hurry(app));
  for (; counts.restarts < restarts; counts.restarts += 1) {
    await sleep(1_000 + roll(1_000));
    if (counts.restarts % 2 === 0) await postgres.service.stop();
    else {
      process.kill(-postgres.service.pid, 'SIGKILL');
      await postgres.service.exited;
    }
    await sleep(roll(2_000));
    postgres = await start();
  }
  await sleep(1_500);
  isOver = true;
  const paths = await lanes;
  await beating();
  await app.untilReady();
  await until(
    'every operation to end',
    async () => {
      await hurry(app);
      await sleep(500);
      return (await db().operation.count({ where: { state: { not: 'succeeded' } } })) === 0;
    },
    120_000,
  ).catch(async (error: Error) => {
    throw new Error(`${error.message} Left: ${JSON.stringify(await leftOver(), null, 1)}`);
  });
  for (const path of paths.flat()) {
    expect((await stored(path)).map((version) => version.isDeleteMarker)).toEqual([true, false]);
  }
  expect(await findHalfTruths(app.library)).toEqual([]);
});

/** What says why an operation does not end: its items, and what the queue has in hand. */
async function leftOver(): Promise<unknown> {
  const operations = await db().$queryRaw`
    SELECT o."id"::text, o."type"::text, o."state"::text, o."heartbeatAt"::text,
      (SELECT json_object_agg(i.state, i.count) FROM (
        SELECT "state"::text || coalesce(' ' || "errorCode", '') AS state, count(*) FROM "OperationItem" WHERE "operationId" = o."id" GROUP BY 1) i) AS "items"
    FROM "Operation" o WHERE o."state" <> 'succeeded' LIMIT 5`;
  const jobs = await db().$queryRaw`
    SELECT j."task_identifier" AS "task", j."attempts", left(j."last_error", 200) AS "error", j."run_at"::text, j."locked_by", j."locked_at"::text,
      (SELECT count(*)::int FROM graphile_worker.jobs) AS "all"
    FROM graphile_worker.jobs j ORDER BY j."locked_at" NULLS LAST LIMIT 12`;
  const workers = await db()
    .$queryRaw`SELECT "host", "queueIds", "startedAt"::text, "seenAt"::text, now()::text AS "now" FROM "Worker"`;
  return { operations, jobs, workers };
}
