import { EventEmitter } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  parseCronItems,
  parseCrontab,
  type Runner,
  type RunnerOptions,
  run,
  type Task,
  type WorkerEvents,
} from 'graphile-worker';
import { closeDb } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import { env } from '#lib/env.ts';
import { consumeQueue } from '#lib/follow/consume-queue.ts';
import { foldFolderDeltas } from '#lib/indexing/fold-folder-deltas.ts';
import { log } from '#lib/log.ts';
import { defineIndexGauges } from '#lib/metrics/index-gauges.ts';
import { definePoolGauge } from '#lib/metrics/pool-gauge.ts';
import { defineQueueGauges } from '#lib/metrics/queue-gauges.ts';
import { serveMetrics } from '#lib/metrics/serve-metrics.ts';
import { closeDecoders } from '#lib/renditions/decoder/decoder-pool.ts';
import { removeLeftFolders } from '#lib/renditions/job-folder.ts';
import { countJobs } from './count-jobs.ts';
import { crontab, type JobName, type JobPayloads } from './definitions.ts';
import { noticeDeafQueue } from './notice-deaf-queue.ts';
import { probeWorkerTools } from './probe-worker-tools.ts';
import { queueOptions } from './queue-options.ts';
import { makeQueuePool } from './queue-pool.ts';
import { repeat } from './repeat.ts';
import { runTask } from './run-task.ts';
import type { TaskHelpers } from './task-helpers.ts';
import { announceWorker } from './worker-presence.ts';

/** Jobs at once in this process. Most of them wait for the store. */
const concurrency = 4;

/**
 * Niceness of this process and of the decoders that it starts (setpriority(2)): where processors are short, people's requests, the store
 * and uploads under way come before previews.
 */
const niceness = 10;

/** Milliseconds that tasks under way get when the queue has stopped by itself. */
const lastWords = 3_000;

type TaskModule<N extends JobName> = { run: (payload: JobPayloads[N], helpers: TaskHelpers) => Promise<void> };

const tasks: { [N in JobName]: () => Promise<TaskModule<N>> } = {
  'sweep-uploads': () => import('./tasks/sweep-uploads.ts'),
  'settle-upload': () => import('./tasks/settle-upload.ts'),
  'probe-store': () => import('./tasks/probe-store.ts'),
  'run-operation': () => import('./tasks/run-operation.ts'),
  'resume-operations': () => import('./tasks/resume-operations.ts'),
  'index-library': () => import('./tasks/index-library.ts'),
  'reconcile-library': () => import('./tasks/reconcile-library.ts'),
  'rebuild-index': () => import('./tasks/rebuild-index.ts'),
  'drop-index': () => import('./tasks/drop-index.ts'),
  'resume-index-runs': () => import('./tasks/resume-index-runs.ts'),
  'repair-drift': () => import('./tasks/repair-drift.ts'),
  'check-libraries': () => import('./tasks/check-libraries.ts'),
  'sync-key': () => import('./tasks/sync-key.ts'),
  'measure-usage': () => import('./tasks/measure-usage.ts'),
  'measure-all-usage': () => import('./tasks/measure-all-usage.ts'),
  'prune-changes': () => import('./tasks/prune-changes.ts'),
  'run-guardrails': () => import('./tasks/run-guardrails.ts'),
  'check-guardrails': () => import('./tasks/check-guardrails.ts'),
  inspect: () => import('./tasks/inspect.ts'),
  'inspect-copies': () => import('./tasks/inspect-copies.ts'),
  'make-preview': () => import('./tasks/make-preview.ts'),
  'remove-renditions': () => import('./tasks/remove-renditions.ts'),
  'rebuild-renditions': () => import('./tasks/rebuild-renditions.ts'),
  'prepare-renditions': () => import('./tasks/prepare-renditions.ts'),
};

function toTask<N extends JobName>(name: N): Task {
  return (payload, helpers) =>
    runTask(name, String(helpers.job.id), async () => {
      const { run: runJob } = await tasks[name]();
      await runJob(payload as JobPayloads[N], {
        signal: helpers.abortSignal ?? new AbortController().signal,
        jobId: String(helpers.job.id),
        attempt: helpers.job.attempts,
      });
    });
}

/** Empties the queue of store events where the environment names one. @returns stop: ends the wait under way */
function startConsuming(queueUrl: string | undefined): () => Promise<void> {
  if (!queueUrl) return async () => {};
  const waiting = new AbortController();
  const stop = repeat('consume-queue', 100, async () => {
    try {
      await consumeQueue(queueUrl, waiting.signal);
    } catch (error) {
      if (!waiting.signal.aborted) throw error;
    }
  });
  return async () => {
    waiting.abort();
    await stop();
  };
}

/** Runs jobs until SIGTERM or SIGINT; then lets those under way finish (graphile-worker's graceful stop) and exits. */
async function main(): Promise<void> {
  setPriority(niceness);
  const events: WorkerEvents = new EventEmitter();
  const queueIds = new Set<string>();
  events.on('pool:create', ({ workerPool }) => queueIds.add(workerPool.id));
  countJobs(events);
  let stopping = false;
  // graphile-worker gives its pool up when it cannot write the end of a job, as when the database crashes just then; the timers around it
  // would keep a process alive that works no more. What it held goes back to the queue (worker-presence.ts).
  const giveUp = (err?: unknown) => {
    if (stopping) return;
    stopping = true;
    log().fatal({ err }, 'the queue has stopped; this worker ends, so that it is started again');
    setTimeout(() => process.exit(1), lastWords);
  };
  events.on('pool:gracefulShutdown', () => giveUp());
  noticeDeafQueue(events, giveUp);
  await removeLeftFolders();
  await serveWorkerMetrics();
  const pgPool = makeQueuePool();
  const runner = await startQueue({
    pgPool,
    concurrency,
    events,
    ...queueOptions,
    noHandleSignals: true,
    logger: new Logger((scope) => (level, message, meta) => {
      // A job that failed is logged with its whole reason by run-task.ts.
      if (meta?.failure) return;
      if (level === 'error') log().error({ scope }, message);
      else if (level === 'warning') log().warn({ scope }, message);
      else log().trace({ scope }, message);
    }),
    taskList: Object.fromEntries((Object.keys(tasks) as JobName[]).map((name) => [name, toTask(name)])),
    parsedCronItems: parseCronItems(parseCrontab(crontab) as never),
  });
  runner.promise.catch(giveUp);
  const stopFolding = repeat('fold-folder-deltas', 1_000, foldFolderDeltas);
  const stopConsuming = startConsuming(env().S3_EVENTS_QUEUE_URL);
  const leave = announceWorker(() => [...queueIds], await probeWorkerTools());
  log().info('worker ready');

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([stopFolding(), stopConsuming()]);
    await runner.stop();
    await leave();
    closeDecoders();
    await Promise.all([closeDb(), pgPool.end()]);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** A worker that is started while the database is away waits for it; ended and started again it would wait longer each time. */
async function startQueue(options: RunnerOptions): Promise<Runner> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await run(options);
    } catch (err) {
      if (!isDatabaseAway(err)) throw err;
      log().warn({ err, failures }, 'the database is away; the queue starts when it is back');
      await sleep(Math.min(5_000, 250 * 2 ** failures));
    }
  }
}

async function serveWorkerMetrics(): Promise<void> {
  const { METRICS_HOST, WORKER_METRICS_PORT } = env();
  if (WORKER_METRICS_PORT === 0) return;
  for (const define of [definePoolGauge, defineQueueGauges, defineIndexGauges]) define();
  await serveMetrics({ host: METRICS_HOST, port: WORKER_METRICS_PORT });
}

await main();
