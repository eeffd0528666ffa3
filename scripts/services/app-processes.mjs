import { setTimeout as delay } from 'node:timers/promises';
import { StartFailure } from './failure.mjs';
import { nodeBinary, projectRoot } from './paths.mjs';
import { spawnService, tailOf } from './processes.mjs';
import { supervise } from './supervise.mjs';

const READY_WITHIN_MS = 90_000;

/**
 * Starts web and worker and keeps them running. Resolves when the web process answers.
 *
 * @param {{ env: Record<string, string>, port: number, paths: { run: string, logs: string }, dev?: boolean, say: (line: string) => void }} options
 *   `env` holds the variables of lib/env.ts
 * @returns {Promise<{ keepers: { name: string, stop: (deadlineMs?: number) => Promise<void> }[] }>} in the order of stopping
 * @throws StartFailure
 */
export async function startApp({ env, port, paths, dev = false, say }) {
  const environment = {
    ...process.env,
    ...env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // next-auth's own name for the address (it reads the environment by itself).
    NEXTAUTH_URL: env.APP_URL,
  };
  const start = (name, args) => () =>
    spawnService({
      name,
      command: nodeBinary,
      args,
      env: environment,
      cwd: projectRoot,
      runDir: paths.run,
      logFile: `${paths.logs}/${name}.log`,
    });
  const next = ['node_modules/next/dist/bin/next', dev ? 'dev' : 'start', '-p', String(port), '-H', 'localhost'];
  const startWeb = start('web', next);
  const startWorker = start('worker', ['lib/jobs/worker.ts']);

  const web = startWeb();
  const worker = startWorker();
  try {
    await untilReady(web, port);
  } catch (error) {
    await Promise.all([web.stop(), worker.stop()]);
    throw error;
  }
  return {
    keepers: [
      supervise({ service: web, restart: startWeb, say }),
      supervise({ service: worker, restart: startWorker, say }),
    ],
  };
}

async function untilReady(web, port) {
  const deadline = Date.now() + READY_WITHIN_MS;
  const address = `http://localhost:${port}/healthz`;
  for (;;) {
    const alive = await fetch(address, { signal: AbortSignal.timeout(30_000) }).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (alive) return;
    if (!web.running) {
      throw new StartFailure(
        `The web process stopped at once:\n${tailOf(web.logFile, 15)}\n`,
        `The whole log is ${web.logFile}.`,
      );
    }
    if (Date.now() > deadline) {
      throw new StartFailure(
        `The web process did not answer at ${address} within ${READY_WITHIN_MS / 1000} s.`,
        `Its log is ${web.logFile}.`,
      );
    }
    await delay(100);
  }
}
