import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDb, db } from '#lib/db.ts';
import type { JobName } from '#lib/jobs/definitions.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { deleteBucket } from '#lib/storage/buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { abortMultipart, listMultiparts } from '#lib/storage/multipart.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';
import { startWeb, startWorker } from '#scripts/services/app-processes.mjs';
import { makeInstanceFolders, projectRoot } from '#scripts/services/paths.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { runSetup } from '#scripts/services/prepare.mjs';
import { browserOf, type TestBrowser } from './browser.ts';
import { makeOwnDatabase } from './own-database.ts';
import { requireTestStore } from './store.ts';
import { TcpProxy } from './tcp-proxy.ts';

export type AppUnderTest = {
  /** Wires that a test can cut: web and worker to Postgres, web and worker to the store, browsers to the store. */
  wires: { postgres: TcpProxy; store: TcpProxy; browser: TcpProxy };
  library: { id: bigint; slug: string; bucket: string };
  /** A signed-in contributor. */
  signIn: () => Promise<TestBrowser>;
  /** SIGKILL, as by the kernel when memory runs out. The supervisor of `npm start` starts it again. */
  kill: (name: 'web' | 'worker') => Promise<void>;
  /** Resolves when the web process answers and reaches database and store. */
  untilReady: () => Promise<void>;
  /** What the crontab does each minute (lib/jobs/definitions.ts), now. */
  cron: (...names: Extract<JobName, 'sweep-uploads' | 'resume-operations'>[]) => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Web and worker as `npm start` runs them, from the production build, on a database and a bucket of their own, and behind wires of
 * their own: what a test takes away is away for nobody else. From then on the feature functions of this process see the same
 * database and store past the wires, so call it before any of them.
 * @throws Error when there is no build, or the app does not come up
 */
export async function startAppUnderTest(): Promise<AppUnderTest> {
  requireTestStore();
  if (!existsSync(join(projectRoot, '.next/BUILD_ID')))
    throw new Error('These tests need the built app. Run them with `npm test`, or run `npm run build` first.');
  const database = await makeOwnDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'strata-app-'));
  const port = await findFreePort();
  // Beside the logs of the test run's own services, which are kept when something fails (scripts/run-tests.mjs).
  const logs = join(process.env.DATA_DIR || dir, 'logs', `app-on-${port}`);
  mkdirSync(logs, { recursive: true });
  const paths = { ...makeInstanceFolders(dir), logs };
  const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
  const storeUrl = String(process.env.S3_ENDPOINT);
  const [postgres, store, browser] = [
    await TcpProxy.before(database.url),
    await TcpProxy.before(storeUrl),
    await TcpProxy.before(storeUrl),
  ];
  const shared = {
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    DATA_DIR: dir,
    S3_BUCKET: bucket,
    NEXTAUTH_SECRET: crypto.randomUUID(),
    ADMIN_EMAIL: 'admin@test.invalid',
    ADMIN_PASSWORD: crypto.randomUUID(),
    LOG_LEVEL: 'info',
  };
  Object.assign(process.env, shared, { DATABASE_URL: database.url });
  const env = { ...shared, DATABASE_URL: postgres.url, S3_ENDPOINT: store.url, S3_PUBLIC_ENDPOINT: browser.url };

  const cleanups: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  cleanups.push(async () => rmSync(dir, { recursive: true, force: true }));
  cleanups.push(() => database.remove(), closeDb);
  cleanups.push(() => Promise.all([postgres.proxy.close(), store.proxy.close(), browser.proxy.close()]));
  try {
    const setup = await runSetup(env);
    cleanups.push(() => removeBucket(bucket));
    const worker = startWorker({ env, paths, say: () => {} });
    cleanups.push(() => worker.stop(5_000));
    const web = await startWeb({ env, paths, say: () => {} });
    cleanups.push(() => web.stop(5_000));
    const { id } = await db().library.findUniqueOrThrow({ where: { slug: setup.library } });
    const pidOf = (name: string): number | null => {
      const file = join(paths.run, `${name}.json`);
      return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pid : null;
    };
    return {
      wires: { postgres: postgres.proxy, store: store.proxy, browser: browser.proxy },
      library: { id, slug: setup.library, bucket },
      async signIn() {
        const user = await db().user.create({
          data: { email: `${crypto.randomUUID()}@test.invalid`, name: 'Anna Roth' },
        });
        await db().grant.create({ data: { userId: user.id, libraryId: id, prefix: '', role: 'contributor' } });
        return browserOf(user.id);
      },
      async kill(name) {
        const pid = pidOf(name);
        if (pid === null) throw new Error(`The ${name} process does not run.`);
        process.kill(-pid, 'SIGKILL');
        await until(`${name} to be started again`, async () => ![null, pid].includes(pidOf(name)));
      },
      untilReady: () =>
        until('the app to be ready', () =>
          fetch(`${shared.APP_URL}/readyz`, { signal: AbortSignal.timeout(15_000) }).then(
            (answer) => answer.ok,
            () => false, // not listening yet
          ),
        ),
      async cron(...names) {
        for (const name of names) await enqueue(db(), name, {}, { jobKey: name });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks again and again. @throws Error that names what did not happen within a minute */
export async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Waited a minute for ${what}.`);
    await sleep(50);
  }
}

async function removeBucket(bucket: string): Promise<void> {
  for (const { key, storeUploadId } of await listMultiparts({ bucket, prefix: '' })) {
    await abortMultipart({ ref: { bucket, key }, storeUploadId });
  }
  await emptyBucket(bucket);
  await deleteBucket(bucket);
}
