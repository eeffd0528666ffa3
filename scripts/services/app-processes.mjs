import { setTimeout as delay } from 'node:timers/promises';
import { StartFailure } from './failure.mjs';
import { nodeBinary, projectRoot } from './paths.mjs';
import { spawnService, tailOf } from './processes.mjs';
import { FIRST_PAUSE_MS, supervise } from './supervise.mjs';

const READY_WITHIN_MS = 90_000;

/**
 * Starts the web process and keeps it running. Resolves when it answers.
 *
 * @param {{ env: Record<string, string>, paths: { run: string, logs: string }, dev?: boolean, say: (line: string) => void,
 *   pauseMs?: number }} options
 *   `env` holds the variables of lib/env.ts; `pauseMs` goes to `supervise`
 * @returns {Promise<{ name: string, stop: (deadlineMs?: number) => Promise<void> }>}
 * @throws StartFailure
 */
export async function startWeb({ env, paths, dev = false, say, pauseMs = FIRST_PAUSE_MS }) {
  const args = ['node_modules/next/dist/bin/next', dev ? 'dev' : 'start', '-p', env.PORT, '-H', 'localhost'];
  const own = withoutWorkerKeys(env);
  const start = () => spawnNode('web', args, { env: own, paths, dev });
  const service = start();
  try {
    await untilReady(service, env.PORT);
  } catch (error) {
    await service.stop();
    throw error;
  }
  return supervise({ service, restart: start, say, pauseMs });
}

/** Only the worker removes versions and writes user policies: the web process gets no keys for it, and is told to hand such work over. */
function withoutWorkerKeys(env) {
  const own = { ...env, S3_GUARD_ACCESS_KEY_ID: '', S3_GUARD_SECRET_ACCESS_KEY: '' };
  if (!env.S3_PURGE_ACCESS_KEY_ID && !process.env.S3_PURGE_ACCESS_KEY_ID) return own;
  return { ...own, S3_PURGE_ACCESS_KEY_ID: '', S3_PURGE_SECRET_ACCESS_KEY: '', S3_PURGE_BY: 'worker' };
}

/** Starts the worker and keeps it running. Options and result as for `startWeb`; it has no port that could answer. */
export function startWorker({ env, paths, dev = false, say, pauseMs = FIRST_PAUSE_MS }) {
  const start = () => spawnNode('worker', ['lib/jobs/worker.ts'], { env, paths, dev });
  return supervise({ service: start(), restart: start, say, pauseMs });
}

function spawnNode(name, args, { env, paths, dev }) {
  return spawnService({
    name,
    command: nodeBinary,
    args,
    env: {
      ...process.env,
      ...env,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // next-auth's own name for the address (it reads the environment by itself).
      NEXTAUTH_URL: env.APP_URL,
    },
    cwd: projectRoot,
    runDir: paths.run,
    logFile: `${paths.logs}/${name}.log`,
  });
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
