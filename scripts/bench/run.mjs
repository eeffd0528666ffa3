/**
 * All benchmarks, or those named, one after the other on a Strata of their own:
 *
 *   npx node scripts/bench/run.mjs [signing] [listing] [reconcile] [search] [whole-library] [as-of] [outlook] [jobs] [restore] [move] [ingest]
 *     [upload-large] [upload-small] [upload-many] [upload-memory] [zip] [front-end] [page-while-ingesting] [-- options for them]
 *
 * `STORE_RTT_MS=20` puts the store that many milliseconds away from the browser, as an S3 region is; the app's own way to it stays short.
 *
 * Those of uploads get web, worker, Postgres and MinIO in a temporary folder, from the production build (built when the sources are
 * newer), and Chromium. Ratios are taken within each benchmark's own run; nothing here passes or fails by a time. Run it on a machine
 * that does nothing else: two of the cases compete for the same processors as the browser.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startWeb, startWorker } from '../services/app-processes.mjs';
import { claimBuild, ensureBuild } from '../services/build.mjs';
import { requireChromium } from '../services/chromium.mjs';
import { describeFailure, StartFailure } from '../services/failure.mjs';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { instancePaths, projectRoot } from '../services/paths.mjs';
import { generateClient, runSetup } from '../services/prepare.mjs';
import { stopLeftovers } from '../services/processes.mjs';
import { onStopRequest } from '../services/run-stage.mjs';
import { runTool } from '../services/test-tools.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { startDelayRelay } from './pages/delay-relay.mjs';

/** Whether a benchmark needs the running app. */
const benchmarks = {
  signing: false,
  listing: false,
  reconcile: false,
  search: false,
  'whole-library': false,
  'as-of': false,
  outlook: false,
  jobs: false,
  restore: false,
  move: false,
  ingest: false,
  'upload-large': true,
  'upload-small': true,
  'upload-many': true,
  'upload-memory': true,
  zip: true,
  'front-end': true,
  'page-while-ingesting': true,
};

const say = (line) => console.log(`strata: ${line}`);
const storeRttMs = Number(process.env.STORE_RTT_MS || 0);
const stopping = new AbortController();
const { signal } = stopping;
const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
const paths = instancePaths(dir);
const cleanups = [];

async function startStrata() {
  const chromium = await requireChromium(say);
  await generateClient();
  const running = await startThrowawayServices({ dir, say, signal });
  cleanups.push(running.stop);
  if (storeRttMs > 0) {
    const relay = await startDelayRelay({ target: running.env.S3_ENDPOINT, rttMs: storeRttMs });
    cleanups.push(relay.stop);
    running.env.S3_PUBLIC_ENDPOINT = relay.url;
    say(`the store is ${storeRttMs} ms away from the browser`);
  }
  await migrateDatabase(running.env.DATABASE_URL);
  await migrateQueue(running.env.DATABASE_URL);
  await ensureBuild({ say, logFile: join(projectRoot, '.next/cache/strata/build.log'), signal });
  cleanups.push(claimBuild(Number(running.env.PORT)));
  await runSetup(running.env);
  const worker = startWorker({ env: running.env, paths, say });
  cleanups.push(() => worker.stop(10_000));
  const web = await startWeb({ env: running.env, paths, say });
  cleanups.push(() => web.stop(5_000));
  return { ...process.env, ...running.env, CHROMIUM: chromium };
}

async function main() {
  const given = process.argv.slice(2);
  const split = given.indexOf('--');
  const asked = split === -1 ? given : given.slice(0, split);
  const options = split === -1 ? [] : given.slice(split + 1);
  const unknown = asked.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown) {
    const names = Object.keys(benchmarks).join(', ');
    throw new StartFailure(`There is no benchmark "${unknown}".`, `The benchmarks are: ${names}`);
  }
  const memory = Math.round(totalmem() / 1024 ** 3);
  console.log(`${cpus().length} x ${cpus()[0]?.model.trim()}, ${memory} GiB, Node ${process.versions.node}`);
  const [load] = loadavg();
  if (load > cpus().length / 2)
    say(`this machine is busy (load ${load.toFixed(1)}); ratios hold, but they are noisier`);

  const broken = [];
  let strata;
  for (const [name, needsApp] of Object.entries(benchmarks)) {
    if (signal.aborted || (asked.length > 0 && !asked.includes(name))) continue;
    console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}`);
    if (needsApp) strata ??= await startStrata();
    const env = needsApp ? strata : process.env;
    // `runTool` counts from node_modules.
    const code = await runTool(`../scripts/bench/${name}.mjs`, options, { env, signal });
    if (code !== 0) broken.push(name);
  }
  if (broken.length > 0)
    throw new StartFailure(`Did not run to its end: ${broken.join(', ')}.`, 'Its output is above.');
}

async function tidy() {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  await stopLeftovers(paths.run);
  rmSync(dir, { recursive: true, force: true });
}

onStopRequest(
  () => stopping.abort(),
  async () => {
    await stopLeftovers(paths.run, 0);
    process.exit(1);
  },
);
try {
  await main();
} catch (error) {
  if (!signal.aborted) console.error(describeFailure(error));
  process.exitCode = 1;
} finally {
  await tidy();
}
process.exit();
