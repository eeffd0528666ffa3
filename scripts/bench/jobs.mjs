/**
 * Jobs, as ratios within one run: from enqueue to start on an idle worker against a bare LISTEN/NOTIFY, and draining no-ops through our
 * worker's way of running tasks against graphile-worker alone. `node scripts/bench/jobs.mjs [--jobs 10000] [--samples 150]` (Node 24);
 * starts a Postgres of its own, as durable as at a deployment. The sides take turns, sample by sample, with a pause before each: what was
 * before has ended and been written, and nobody's caches are warmer than another's. Rounds are interleaved, the first is dropped, the
 * median is given.
 */
import { EventEmitter } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { makeInstanceFolders } from '../services/paths.mjs';
import { findFreePort } from '../services/ports.mjs';
import { startPostgres } from '../services/postgres.mjs';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '10000' }, samples: { type: 'string', default: '150' } },
});
const jobs = Number(values.jobs);
const samples = Number(values.samples);
const rounds = 4;
const concurrency = 4;
/** Milliseconds before each sample: the end of a job and the last look for another take 2 to 6. */
const pause = 20;
const quiet = new Logger(() => () => {});

const dir = mkdtempSync(join(tmpdir(), 'strata-jobs-'));
chmodSync(dir, 0o711);
const paths = makeInstanceFolders(dir);
const { service, url } = await startPostgres({
  dir: paths.postgres,
  port: await findFreePort(),
  password: 'postgres-of-a-bench',
  runDir: paths.run,
  logFile: join(paths.logs, 'postgres.log'),
});
Object.assign(process.env, {
  DATABASE_URL: url,
  S3_BUCKET: 'none',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  // A pool has ended before its connections have: what the stop of the server tells them is no news.
  LOG_LEVEL: 'error',
});
const { runTask } = await import('#lib/jobs/run-task.ts');
const { countJobs } = await import('#lib/jobs/count-jobs.ts');
const { queueOptions } = await import('#lib/jobs/queue-options.ts');
const { makeQueuePool } = await import('#lib/jobs/queue-pool.ts');
const client = new pg.Client({ connectionString: url });
// One each for all runs, which is ended before its server is: graphile-worker's own may outlive a stop.
const ownPool = makeQueuePool();
const pgPool = new pg.Pool({ connectionString: url, max: 10 });
// An idle connection that the end of the server cuts.
pgPool.on('error', () => {});
pgPool.on('connect', (one) => one.on('error', () => {}));

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** What nobody gets around who keeps a job before it is told of: a row that is on disk. */
const keptNotify = 'BEGIN; INSERT INTO bench_rows DEFAULT VALUES; NOTIFY bench; COMMIT';
/** And who lets one worker only have it: the row is changed. This need not be on disk before the work goes on. */
const take = {
  name: 'take',
  text: `UPDATE bench_rows SET taken = true WHERE id = (SELECT id FROM bench_rows WHERE NOT taken ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`,
};

/** The least that can be done, in steps; each is the milliseconds from the call. */
async function startLeast() {
  const listener = new pg.Client({ connectionString: url });
  const taker = new pg.Client({ connectionString: url });
  await Promise.all([listener.connect(), taker.connect()]);
  await listener.query('LISTEN bench');
  await taker.query('SET synchronous_commit = off');
  const sample = async (text, then) => {
    const heard = new Promise((resolve) => listener.once('notification', resolve));
    const from = performance.now();
    const told = client.query(text);
    await heard;
    await then?.();
    const ms = performance.now() - from;
    await told;
    return ms;
  };
  return {
    listen: () => sample('NOTIFY bench'),
    kept: async () => {
      const ms = await sample(keptNotify);
      await taker.query(take);
      return ms;
    },
    least: () => sample(keptNotify, () => taker.query(take)),
    stop: () => Promise.all([listener.end(), taker.end()]),
  };
}

/**
 * Milliseconds from the call that adds a job to the first line of its task: as our worker is set up, or graphile-worker alone. Beside each the
 * least that can be done, in turns.
 */
async function latencies(alone = false) {
  let start = () => {};
  let told = 0;
  let taken = 0;
  const events = new EventEmitter();
  if (!alone) countJobs(events);
  events.on('pool:listen:notification', () => {
    told = performance.now();
  });
  events.on('job:start', () => {
    taken = performance.now();
  });
  const task = alone
    ? () => start(performance.now())
    : (_, helpers) => runTask('prune-changes', String(helpers.job.id), async () => start(performance.now()));
  const runner = await run({
    pgPool: alone ? pgPool : ownPool,
    concurrency,
    events,
    ...(alone ? { pollInterval: queueOptions.pollInterval } : queueOptions),
    noHandleSignals: true,
    logger: quiet,
    taskList: { bench: task },
  });
  const steps = { told: [], taken: [], begun: [] };
  const job = async () => {
    const started = new Promise((resolve) => {
      start = resolve;
    });
    const from = performance.now();
    const [at] = await Promise.all([
      started,
      client.query(`SELECT graphile_worker.add_job('bench', '{}'::json, max_attempts := 8)`),
    ]);
    steps.told.push(told - from);
    steps.taken.push(taken - told);
    steps.begun.push(at - taken);
    return at - from;
  };
  const { stop, ...least } = await startLeast();
  const sides = { ...least, job };
  const found = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let n = 0; n < samples; n += 1) {
    for (const [name, sample] of Object.entries(sides)) {
      await sleep(pause);
      found[name].push(await sample());
    }
  }
  await stop();
  await runner.stop();
  return { ...found, ...steps };
}

/** Jobs a second from the first to the last, added before. */
async function drain(taskOf, options) {
  await client.query(`SELECT count(graphile_worker.add_job('bench', '{}'::json)) FROM generate_series(1, ${jobs})`);
  let left = jobs;
  let finish;
  const done = new Promise((resolve) => (finish = resolve));
  const task = taskOf(async () => {
    left -= 1;
    if (left === 0) finish();
  });
  const from = performance.now();
  const events = new EventEmitter();
  if (options.count) countJobs(events);
  const runner = await run({
    pgPool: options.count ? ownPool : pgPool,
    concurrency,
    events,
    ...options.queue,
    noHandleSignals: true,
    logger: quiet,
    taskList: { bench: task },
  });
  await done;
  const seconds = (performance.now() - from) / 1000;
  await runner.stop();
  return jobs / seconds;
}
const bare = () => drain((work) => work, { queue: { pollInterval: 2_000 }, count: false });
const ours = () =>
  drain((work) => (_, helpers) => runTask('prune-changes', String(helpers.job.id), work), {
    queue: queueOptions,
    count: true,
  });

try {
  await client.connect();
  await migrateQueue(url);
  await client.query('CREATE TABLE bench_rows (id bigserial PRIMARY KEY, taken boolean NOT NULL DEFAULT false)');
  await client.query('CREATE INDEX ON bench_rows (id) WHERE NOT taken');
  const results = { ours: [], alone: [], drained: [], drainedAlone: [] };
  for (let round = 0; round < rounds; round += 1) {
    const found = {
      alone: await latencies(true),
      ours: await latencies(),
      drainedAlone: await bare(),
      drained: await ours(),
    };
    if (round > 0) for (const [name, value] of Object.entries(found)) results[name].push(value);
  }
  const ms = (value) => `${value.toFixed(1)} ms`;
  for (const [name, title] of [
    ['ours', 'our worker'],
    ['alone', 'graphile-worker alone'],
  ]) {
    const of = (side, share) => median(results[name].map((round) => at(round[side], share)));
    const over = (side, share) => (of('job', share) / of(side, share)).toFixed(1);
    console.log(`enqueue to start on an idle worker, ${samples} samples a round: ${title}`);
    console.log(
      `  from adding a job to the first line of its task  p50 ${ms(of('job', 0.5))}, p95 ${ms(of('job', 0.95))}`,
    );
    for (const [side, says] of [
      ['listen', 'bare LISTEN/NOTIFY'],
      ['kept', 'the same with a row on disk'],
      ['least', 'and taken by one UPDATE ... RETURNING'],
    ]) {
      console.log(
        `  ${says.padEnd(48)} p50 ${ms(of(side, 0.5))}, p95 ${ms(of(side, 0.95))}; ratio ${over(side, 0.5)}, p95 ${over(side, 0.95)}`,
      );
    }
    const steps = ['told', 'taken', 'begun'].map((step) => ms(of(step, 0.5)));
    console.log(
      `  of its p50: until the worker is told ${steps[0]}, until it has the job ${steps[1]}, until the task ${steps[2]}`,
    );
  }
  const [rate, rateAlone] = [median(results.drained), median(results.drainedAlone)];
  console.log(
    `draining ${jobs} no-ops, ${concurrency} at once: ${Math.round(rate)} jobs/s; graphile-worker alone ${Math.round(rateAlone)} jobs/s; ratio ${(rate / rateAlone).toFixed(2)}`,
  );
} finally {
  await client.end();
  await pgPool.end();
  await ownPool.end();
  await service.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
