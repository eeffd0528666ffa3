/**
 * Jobs, as ratios within one run: from enqueue to start against a bare LISTEN/NOTIFY, and draining no-ops through our worker's way of
 * running tasks against graphile-worker alone. `node scripts/bench/jobs.mjs [--jobs 10000] [--samples 300]` (Node 24); starts a Postgres
 * of its own, as durable as at a deployment. Rounds are interleaved, the first is dropped, the median is given.
 */
import { EventEmitter } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { makeInstanceFolders } from '../services/paths.mjs';
import { findFreePort } from '../services/ports.mjs';
import { startPostgres } from '../services/postgres.mjs';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '10000' }, samples: { type: 'string', default: '300' } },
});
const jobs = Number(values.jobs);
const samples = Number(values.samples);
const rounds = 4;
const concurrency = 4;
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
  LOG_LEVEL: 'info',
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

/** Milliseconds from NOTIFY to its arrival at another connection. */
async function listenOnce(listener, text) {
  const heard = new Promise((resolve) => listener.once('notification', () => resolve(performance.now())));
  const from = performance.now();
  await client.query(text);
  return (await heard) - from;
}

/** What nobody gets around who keeps a job before it is told of: a row that is on disk. */
const keptNotify = 'BEGIN; INSERT INTO bench_rows DEFAULT VALUES; NOTIFY bench; COMMIT';

async function bareLatencies(text = 'NOTIFY bench') {
  const listener = new pg.Client({ connectionString: url });
  await listener.connect();
  await listener.query('LISTEN bench');
  const all = [];
  for (let n = 0; n < samples; n += 1) all.push(await listenOnce(listener, text));
  await listener.end();
  return all;
}

/** Milliseconds from the call that adds a job to the first line of its task: as our worker is set up, or graphile-worker alone. */
async function jobLatencies(alone = false) {
  let start = () => {};
  const events = new EventEmitter();
  if (!alone) countJobs(events);
  const task = alone
    ? () => start(performance.now())
    : (_, helpers) => runTask('prune-changes', String(helpers.job.id), async () => start(performance.now()));
  const runner = await run({
    pgPool: alone ? pgPool : ownPool,
    concurrency,
    events,
    ...queueOptions,
    noHandleSignals: true,
    logger: quiet,
    taskList: { bench: task },
  });
  const all = [];
  for (let n = 0; n < samples; n += 1) {
    const started = new Promise((resolve) => (start = resolve));
    const from = performance.now();
    await client.query(`SELECT graphile_worker.add_job('bench', '{}'::json, max_attempts := 8)`);
    all.push((await started) - from);
  }
  await runner.stop();
  return all;
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
  await client.query('CREATE TABLE bench_rows (id bigserial PRIMARY KEY)');
  const results = { listen: [], kept: [], alone: [], start: [], bare: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    const keep = round > 0;
    const found = {
      listen: await bareLatencies(),
      kept: await bareLatencies(keptNotify),
      alone: await jobLatencies(true),
      start: await jobLatencies(),
      bare: await bare(),
      ours: await ours(),
    };
    if (!keep) continue;
    for (const name of ['listen', 'kept', 'alone', 'start']) results[name].push(at(found[name], 0.95));
    results.bare.push(found.bare);
    results.ours.push(found.ours);
  }
  const m = Object.fromEntries(Object.entries(results).map(([name, list]) => [name, median(list)]));
  const ms = (value) => `${value.toFixed(1)} ms`;
  const ratio = (to) => (m.start / to).toFixed(1);
  console.log(
    `enqueue to start, p95 of ${samples}: ${ms(m.start)}; bare LISTEN/NOTIFY ${ms(m.listen)}, ratio ${ratio(m.listen)}; the same with a row ` +
      `on disk ${ms(m.kept)}, ratio ${ratio(m.kept)}; graphile-worker alone ${ms(m.alone)}, ratio ${ratio(m.alone)}`,
  );
  console.log(
    `draining ${jobs} no-ops, ${concurrency} at once: ${Math.round(m.ours)} jobs/s; graphile-worker alone ${Math.round(m.bare)} jobs/s; ratio ${(m.ours / m.bare).toFixed(2)}`,
  );
} finally {
  await client.end();
  await pgPool.end();
  await ownPool.end();
  await service.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
