import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoleName } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import type { JobName } from '#lib/jobs/definitions.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { deleteBucket } from '#lib/storage/buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { abortMultipart, listMultiparts } from '#lib/storage/multipart.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';
import { makeInstanceFolders, projectRoot } from '#scripts/services/paths.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { runSetup } from '#scripts/services/prepare.mjs';
import { browserOf, type TestBrowser } from './browser.ts';
import { makeOwnDatabase } from './own-database.ts';
import { type Replica, startReplica } from './replica.ts';
import { requireTestStore } from './store.ts';
import { TcpProxy } from './tcp-proxy.ts';
import { until } from './until.ts';

export { until };

export type AppUnderTest = {
  /** Wires that a test can cut: web and worker to Postgres, web and worker to the store, browsers to the store. */
  wires: { postgres: TcpProxy; store: TcpProxy; browser: TcpProxy };
  library: { id: bigint; slug: string; bucket: string };
  webs: Replica[];
  workers: Replica[];
  /** A signed-in person, by default a contributor. */
  signIn: (role?: RoleName) => Promise<TestBrowser>;
  /** SIGKILL, as by the kernel when memory runs out. The supervisor of `npm start` starts it again. */
  kill: (name: 'web' | 'worker') => Promise<void>;
  /** Resolves when the web process answers and reaches database and store. */
  untilReady: () => Promise<void>;
  /** What the crontab does each minute (lib/jobs/definitions.ts), now. */
  cron: (...names: Extract<JobName, 'sweep-uploads' | 'resume-operations' | 'resume-index-runs'>[]) => Promise<void>;
  stop: () => Promise<void>;
};

export type AppOptions = {
  /** Variables of lib/env.ts over ours. */
  env?: Record<string, string>;
  /** Web and worker processes, each. */
  replicas?: number;
  /** Milliseconds until a process that was killed is started again; the supervisor's own by default. */
  pauseMs?: number;
};

/**
 * Web and worker as `npm start` runs them, from the production build, on a database and a bucket of their own, and behind wires of
 * their own: what a test takes away is away for nobody else. From then on the feature functions of this process see the same
 * database and store past the wires, so call it before any of them.
 * @throws Error when there is no build, or the app does not come up
 */
export async function startAppUnderTest(options: AppOptions = {}): Promise<AppUnderTest> {
  requireTestStore();
  if (!existsSync(join(projectRoot, '.next/BUILD_ID')))
    throw new Error('These tests need the built app. Run them with `npm test`, or run `npm run build` first.');
  const database = await makeOwnDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'strata-app-'));
  const port = await findFreePort();
  // Beside the logs of the test run's own services, which are kept when something fails (scripts/run-tests.mjs).
  const logs = join(process.env.DATA_DIR || dir, 'logs', `app-on-${port}`);
  mkdirSync(logs, { recursive: true });
  const { run } = makeInstanceFolders(dir);
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
    ...options.env,
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
    const webs: Replica[] = [];
    const workers: Replica[] = [];
    for (let at = 0; at < (options.replicas ?? 1); at += 1) {
      for (const [name, list] of [
        ['worker', workers],
        ['web', webs],
      ] as const) {
        const replica = await startReplica(name, at, { env, run, logs, pauseMs: options.pauseMs });
        cleanups.push(() => replica.stop(5_000));
        list.push(replica);
      }
    }
    const { id } = await db().library.findUniqueOrThrow({ where: { slug: setup.library } });
    return {
      wires: { postgres: postgres.proxy, store: store.proxy, browser: browser.proxy },
      library: { id, slug: setup.library, bucket },
      webs,
      workers,
      async signIn(role = 'contributor') {
        const user = await db().user.create({
          data: { email: `${crypto.randomUUID()}@test.invalid`, name: 'Anna Roth' },
        });
        await db().grant.create({ data: { userId: user.id, libraryId: id, prefix: '', role } });
        return browserOf(user.id);
      },
      kill: (name) => (name === 'web' ? webs : workers)[0]!.kill(),
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

async function removeBucket(bucket: string): Promise<void> {
  for (const { key, storeUploadId } of await listMultiparts({ bucket, prefix: '' })) {
    await abortMultipart({ ref: { bucket, key }, storeUploadId });
  }
  await emptyBucket(bucket);
  await deleteBucket(bucket);
}
