import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { startIndexRun } from '#lib/indexing/reconcile/start-index-run.ts';
import { releaseSilentWorkers } from '#lib/jobs/worker-presence.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { nodeBinary, projectRoot } from '#scripts/services/paths.mjs';
import { until } from '#scripts/testing/app-under-test.ts';
import { findIndexFaults } from '#scripts/testing/index-faults.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { OtherTool } from '#scripts/testing/other-tool.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { type ReportingStore, startReportingStore } from '#scripts/testing/reporting-store.ts';
import { parseRecords } from './parse-events.ts';
import { takeEvents } from './take-events.ts';

/**
 * Random changes behind the app's back, by another tool on a real MinIO, with two real workers of which one is killed now and then. Asked:
 * index = bucket, after events alone, however badly they are delivered, and after comparisons alone. `FOLLOW_RUNS` and `FOLLOW_CHANGES`
 * make it larger than in `npm test`; `FOLLOW_SEED` and `FOLLOW_PATH` repeat one.
 */
const runs = Number(process.env.FOLLOW_RUNS ?? 1);
const changes = Number(process.env.FOLLOW_CHANGES ?? 40);
const seed = Number(process.env.FOLLOW_SEED ?? Date.now() % 1_000_000_000);
const path = process.env.FOLLOW_PATH;
vi.setConfig({ testTimeout: 120_000 + runs * changes * 3_000 });

const long = (bytes: number) =>
  `long/${'x'.repeat(200)}/${'ü'.repeat(100)}/${'y'.repeat(200)}/${'z'.repeat(200)}/`.padEnd(bytes, 'k');
/** Few keys, so that they are met often: orders that UTF-16 and UTF-8 disagree on, encodings, files over folders, folders that hold bytes. */
const keys = [
  'a',
  'a/b',
  'a/b/c.txt',
  'a.txt',
  'a-b',
  'a/',
  'dir/',
  'dir/x+y %2B.txt',
  '\uffff-after-emoji-in-utf-16',
  '😀/é.jpg',
  'e\u0301',
  'new\nline\t"quotes"<&>',
  ' leading and trailing ',
  "z~!*'()",
] as const;
const change = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('put' as const), key: fc.nat(keys.length), size: fc.nat(40) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('multipart' as const), key: fc.nat(keys.length), size: fc.nat(40) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), key: fc.nat(keys.length) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('destroy' as const), key: fc.nat(keys.length), nth: fc.nat(3) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('versioning' as const), on: fc.boolean() }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
const story = fc.record({
  changes: fc.array(change, { minLength: changes, maxLength: changes }),
  /** What the delivery does with each record, by turns. */
  delivery: fc.array(fc.constantFrom('now', 'later', 'twice', 'first'), { minLength: 7, maxLength: 7 }),
  killAt: fc.array(fc.nat(Math.max(0, changes - 1)), {
    minLength: 1,
    maxLength: Math.max(1, Math.floor(changes / 30)),
  }),
});

let database: OwnDatabase;
let store: ReportingStore;
let test: TestLibrary;
let tool: OtherTool;
const workers: ChildProcess[] = [];
const tally = { changes: 0, refused: 0, records: 0, delivered: 0, kills: 0, keys: 0, versions: 0 };

beforeAll(async () => {
  database = await makeOwnDatabase();
  process.env.DATABASE_URL = database.url;
  store = await startReportingStore();
  test = await makeTestLibrary({ rootPrefix: 'nothing is here/' });
  tool = new OtherTool(test.library.bucket);
  const { putNotification } = await import('#lib/storage/bucket-notifications.ts');
  await putNotification(tool.bucket, ['arn:minio:sqs::STRATA:webhook', 'arn:minio:sqs::STRATAKEPT:webhook'], '');
  workers.push(startOneWorker(), startOneWorker());
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all(workers.map((worker) => worker.exitCode ?? worker.signalCode ?? once(worker, 'exit')));
  console.log(`index = bucket, seed ${seed}: ${JSON.stringify(tally)}`);
  tool.close();
  await closeDb();
  await store.stop();
  await database.remove();
});

function startOneWorker(): ChildProcess {
  const env = {
    ...process.env,
    ...store.env,
    DATABASE_URL: database.url,
    NODE_ENV: 'production' as const,
    LOG_LEVEL: 'warn',
  };
  const worker = spawn(nodeBinary, ['lib/jobs/worker.ts'], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (process.env.FOLLOW_LOG) {
    const log = createWriteStream(join(process.env.FOLLOW_LOG, `worker-${worker.pid}.log`));
    worker.stdout?.pipe(log);
    worker.stderr?.pipe(log);
  } else {
    worker.stdout?.resume();
    worker.stderr?.resume();
  }
  return worker;
}

/** As if the machine had died, and time had passed since: what it held is free again. */
async function killOne(at: number): Promise<void> {
  const dead = workers[at % workers.length] as ChildProcess;
  dead.kill('SIGKILL');
  if (dead.exitCode === null && dead.signalCode === null) await once(dead, 'exit');
  await db().$executeRaw`
    UPDATE "Worker" SET "seenAt" = now() - interval '1 hour' WHERE "host" LIKE ${`%:${dead.pid}`}`;
  await database.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 hour' WHERE locked_by IS NOT NULL`,
  );
  await releaseSilentWorkers();
  await db().$executeRaw`UPDATE "IndexShard" SET "heartbeatAt" = now() - interval '1 hour' WHERE "state" = 'running'`;
  workers[at % workers.length] = startOneWorker();
  tally.kills += 1;
}

/** The last key is as long as S3 allows, whatever the prefix. */
const keyOf = (prefix: string, at: number) => prefix + (keys[at] ?? long(1_024 - Buffer.byteLength(prefix) - 100));

async function carryOut(prefix: string, one: Change): Promise<void> {
  tally.changes += 1;
  try {
    if (one.do === 'versioning') return await tool.setVersioning(one.on ? 'Enabled' : 'Suspended');
    const key = keyOf(prefix, one.key);
    if (one.do === 'put') return await tool.put(key, 'x'.repeat(one.size));
    if (one.do === 'multipart') return await tool.putInParts(key, 'x'.repeat(one.size));
    if (one.do === 'delete') return await tool.delete(key);
    const versions = (await tool.read(key)).get(key) ?? [];
    const version = versions[one.nth % Math.max(1, versions.length)];
    if (version) await tool.delete(key, version.versionId);
  } catch (error) {
    // MinIO refuses a few of them, as a file under a file; then nothing has changed.
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    tally.refused += 1;
  }
}

/** A library of its own under a prefix of the bucket, with an empty index that agrees. */
async function makeRun(at: number): Promise<LibraryContext> {
  const rootPrefix = `run ${at}+/`;
  const { id: _, monthlyUse: __, ...row } = await db().library.findUniqueOrThrow({ where: { id: test.library.id } });
  const made = await db().library.create({
    data: { ...row, slug: `${row.slug}-${at}`.slice(-60).replace(/^-+/, ''), rootPrefix },
  });
  await tool.setVersioning('Enabled');
  return { ...test.library, id: made.id, slug: made.slug, rootPrefix };
}

/**
 * Jobs that have not ended, with what went wrong the last time. A job whose key was taken over by a newer one while it ran is not tried again
 * (graphile-worker sets its attempts to the most); of one that was killed then, such a row is left.
 */
const jobsLeft = () =>
  database.query<{ task: string; attempts: number; run_at: Date; locked_by: string | null; last_error: string | null }>(
    `SELECT task_identifier AS task, key, attempts, run_at, locked_by, left(last_error, 300) AS last_error FROM graphile_worker.jobs
     WHERE task_identifier IN ('sync-key', 'reconcile-library', 'index-library') AND (attempts < max_attempts OR key IS NOT NULL)`,
  );

/** @throws Error with the jobs that did not end */
async function untilWorked(what: string, ended = async () => true): Promise<void> {
  try {
    await until(what, async () => (await jobsLeft()).length === 0 && (await ended()));
  } catch (cause) {
    throw new Error(`Not in time: ${what}. ${JSON.stringify(await jobsLeft())}`, { cause });
  }
}

/** Once more than the keys' own changes: everything before it has been reported when it is. */
async function untilReported(prefix: string): Promise<void> {
  const name = crypto.randomUUID();
  await tool.put(prefix + name, 's');
  const told = () => store.records.filter((record) => JSON.stringify(record).includes(name)).length;
  await until('the store to report what was done', async () => told() >= 2);
}

let nextRun = 0;
it('after events alone, late, doubled and out of order', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ changes: todo, delivery, killAt }) => {
      const library = await makeRun(nextRun++);
      store.records.splice(0);
      let turn = 0;
      let held: unknown[] = [];
      const deliver = async (records: unknown[]) => {
        tally.delivered += records.length;
        await takeEvents(parseRecords(records).events, 'webhook');
      };
      const passOn = async () => {
        const fresh = store.records.splice(0);
        tally.records += fresh.length;
        for (const record of fresh) {
          const how = delivery[turn++ % delivery.length];
          if (how === 'later') held.push(record);
          else if (how === 'first') held = [record, ...held];
          else await deliver(how === 'twice' ? [record, record] : [record]);
        }
      };
      for (const [at, one] of todo.entries()) {
        await carryOut(library.rootPrefix, one);
        if (at % 3 === 0) await passOn();
        if (killAt.includes(at)) await killOne(at);
      }
      await untilReported(library.rootPrefix);
      await passOn();
      for (const record of held.reverse()) await deliver([record]);
      await untilWorked('the workers to have looked');
      await judge(library);
    }),
    { numRuns: runs, seed, endOnFailure: true, ...(path ? { path } : {}) },
  );
});

it('after comparisons alone', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ changes: todo, killAt }) => {
      const library = await makeRun(nextRun++);
      for (const [at, one] of todo.entries()) {
        await carryOut(library.rootPrefix, one);
        if (at % 10 === 0) await startIndexRun(library.id);
        if (killAt.includes(at)) await killOne(at);
      }
      const settled = async () => (await db().indexRun.count({ where: { state: 'running' } })) === 0;
      await untilWorked('the comparisons under way to end', settled);
      await startIndexRun(library.id);
      await untilWorked('the last comparison', settled);
      await judge(library);
    }),
    { numRuns: runs, seed, endOnFailure: true, ...(path ? { path } : {}) },
  );
});

async function judge(library: LibraryContext): Promise<void> {
  const raw = await tool.read(library.rootPrefix);
  tally.keys += raw.size;
  tally.versions += [...raw.values()].flat().length;
  expect(await findIndexFaults(library, tool)).toEqual([]);
}
