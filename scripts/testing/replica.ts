import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWeb, startWorker } from '#scripts/services/app-processes.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { FIRST_PAUSE_MS } from '#scripts/services/supervise.mjs';
import { until } from './until.ts';

/** One web or worker process of an app under test, with its supervisor. */
export type Replica = {
  /** Where a web process answers; empty for a worker. */
  url: string;
  metricsUrl: string;
  logFile: string;
  pid: () => number | null;
  /** SIGKILL, as by the kernel when memory runs out; resolves when the supervisor has started it again. */
  kill: () => Promise<void>;
  /** SIGTERM, as at a deployment. It is not started again. */
  stop: (deadlineMs?: number) => Promise<void>;
};

type Options = { env: Record<string, string>; run: string; logs: string; pauseMs: number | undefined };

/** @param at tells replicas of one kind apart in folders of records and logs */
export async function startReplica(name: 'web' | 'worker', at: number, options: Options): Promise<Replica> {
  const paths = { run: join(options.run, `${name}-${at}`), logs: join(options.logs, `${name}-${at}`) };
  for (const folder of Object.values(paths)) mkdirSync(folder, { recursive: true });
  const port = name === 'web' && at === 0 ? Number(options.env.PORT) : await findFreePort();
  const metricsPort = await findFreePort();
  const env = {
    ...options.env,
    PORT: String(port),
    [name === 'web' ? 'METRICS_PORT' : 'WORKER_METRICS_PORT']: String(metricsPort),
  };
  const start = name === 'web' ? startWeb : startWorker;
  const keeper = await start({
    env,
    paths,
    say: () => {},
    pauseMs: options.pauseMs ?? FIRST_PAUSE_MS,
  });
  const pid = (): number | null => {
    const file = join(paths.run, `${name}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pid : null;
  };
  return {
    url: name === 'web' ? `http://localhost:${port}` : '',
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    logFile: join(paths.logs, `${name}.log`),
    pid,
    async kill() {
      const before = pid();
      if (before === null) throw new Error(`The ${name} process does not run.`);
      process.kill(-before, 'SIGKILL');
      await until(`${name} to be started again`, async () => ![null, before].includes(pid()));
    },
    stop: (deadlineMs = 40_000) => keeper.stop(deadlineMs),
  };
}
