/** The second part of `npm test`, on Node 24. Prints a summary by stage and, last, one line `N passed, N failed`. */
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeb, startWorker } from './services/app-processes.mjs';
import { claimBuild, ensureBuild } from './services/build.mjs';
import { requireChromium } from './services/chromium.mjs';
import { describeFailure, StartFailure } from './services/failure.mjs';
import { migrateDatabase } from './services/migrate-database.mjs';
import { migrateQueue } from './services/migrate-queue.mjs';
import { instancePaths, projectRoot } from './services/paths.mjs';
import { generateClient, runSetup } from './services/prepare.mjs';
import { stopLeftovers } from './services/processes.mjs';
import { onStopRequest } from './services/run-stage.mjs';
import { runPlaywright, runTool, runVitest } from './services/test-tools.mjs';
import { startThrowawayServices } from './services/throwaway.mjs';

const say = (line) => console.log(`strata: ${line}`);
const stopping = new AbortController();
const { signal } = stopping;
const dir = mkdtempSync(join(tmpdir(), 'strata-test-'));
chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
const paths = instancePaths(dir);

/** What was started, to be stopped in the opposite order. */
const cleanups = [];

/** Each stage's work gives its counts, or throws. Stages that are no tests count as one. */
const stages = {
  lint: async () => one(await runTool('@biomejs/biome/bin/biome', ['ci', '.'], { signal })),
  types: async () => {
    await generateClient();
    const typegen = await runTool('next/dist/bin/next', ['typegen'], { signal });
    return one(typegen || (await runTool('typescript/bin/tsc', ['--noEmit'], { signal })));
  },
  unit: async () => {
    await generateClient();
    return runVitest('unit', { dir, env: process.env, signal });
  },
  storage: async () => runVitest('storage', { dir, env: (await services()).testEnv, signal }),
  build: async () => {
    await build();
    return { passed: 1, failed: 0 };
  },
  api: async () => runVitest('api', { dir, env: await web(), signal }),
  e2e: async () => {
    const chromium = await requireChromium(say);
    return runPlaywright({ dir, env: { ...(await wholeApp()), CHROMIUM: chromium }, signal });
  },
  /** The robustness tests at full size, and the API fuzzed by a tool of others. */
  robustness: async () => {
    const env = { ...robustnessSizes, ...(await web()) };
    const own = await runVitest('api', { dir, env, signal, only: ['.robustness.'] });
    const fuzz = one(await runTool('../scripts/robustness/schemathesis.ts', [], { env, signal }));
    return { passed: own.passed + fuzz.passed, failed: own.failed + fuzz.failed };
  },
};

/** Run when asked for only: an hour. `npm test` runs the same tests at their small size. */
const onRequest = new Set(['robustness']);
const robustnessSizes = {
  ROBUSTNESS_KILLS: '50',
  ROBUSTNESS_RESTARTS: '10',
  ROBUSTNESS_FILES: '60',
  ROBUSTNESS_FUZZ: '200',
  ROBUSTNESS_EXAMPLES: '200',
};

const one = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** Started at most once, by the first stage that needs it; a failure is every such stage's failure. */
function once(work) {
  let result;
  return () => {
    result ??= work();
    return result;
  };
}

const services = once(async () => {
  say('starting Postgres and MinIO for the tests');
  await generateClient();
  const running = await startThrowawayServices({ dir, say, signal, scansAlways: true });
  cleanups.push(running.stop);
  await migrateDatabase(running.env.DATABASE_URL);
  await migrateQueue(running.env.DATABASE_URL);
  const testEnv = {
    ...process.env,
    ...running.env,
    MINIO_ROOT_USER: running.root.user,
    MINIO_ROOT_PASSWORD: running.root.password,
  };
  return { env: running.env, testEnv };
});

const build = once(async () => {
  await generateClient();
  await ensureBuild({ say, logFile: join(projectRoot, '.next/cache/strata/build.log'), signal });
});

/** The web process, without a worker: API tests run the jobs themselves, and a worker would take them away. */
const web = once(async () => {
  const { env, testEnv } = await services();
  await build();
  cleanups.push(claimBuild(Number(env.PORT)));
  await runSetup(env);
  const keeper = await startWeb({ env, paths, say });
  cleanups.push(() => keeper.stop(5_000));
  return testEnv;
});

const wholeApp = once(async () => {
  const testEnv = await web();
  const keeper = startWorker({ env: (await services()).env, paths, say });
  cleanups.push(() => keeper.stop(10_000));
  return testEnv;
});

async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) {
    throw new StartFailure(`There is no stage "${unknown[0]}".`, `The stages are: ${Object.keys(stages).join(', ')}`);
  }
  const results = [];
  for (const [name, run] of Object.entries(stages)) {
    if (asked.length > 0 ? !asked.includes(name) : onRequest.has(name)) continue;
    if (signal.aborted) break;
    console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
    const started = performance.now();
    const counts = await run().catch((error) => {
      console.error(describeFailure(error));
      return { passed: 0, failed: 1 };
    });
    results.push({ name, ...counts, seconds: Math.round((performance.now() - started) / 1000) });
  }
  return results;
}

async function tidy() {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  await stopLeftovers(paths.run); // nothing, unless a start was cut off
}

function summarise(results) {
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  console.log(`\n── summary ${'─'.repeat(63)}`);
  for (const { name, passed, failed, seconds } of results) {
    console.log(
      `${name.padEnd(10)}${String(passed).padStart(6)} passed ${String(failed).padStart(6)} failed ${String(seconds).padStart(6)} s`,
    );
  }
  const failed = sum('failed') + Number(signal.aborted);
  if (failed > 0 && existsSync(paths.logs)) {
    cpSync(paths.logs, join(projectRoot, 'test-results/logs'), { recursive: true });
    console.log('The logs of web, worker, store and Postgres are in test-results/logs.');
  }
  console.log(`${sum('passed')} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

onStopRequest(
  () => stopping.abort(),
  async () => {
    await stopLeftovers(paths.run, 0);
    process.exit(1);
  },
);
let results = [];
try {
  results = await main();
} catch (error) {
  console.error(describeFailure(error));
  results = [{ name: 'start', passed: 0, failed: 1, seconds: 0 }];
}
await tidy();
const code = summarise(results);
rmSync(dir, { recursive: true, force: true });
process.exit(code);
