/**
 * `npx node scripts/versitygw/run.mjs [guardrails] [adoption]`: against VersityGW, a second real store. The guardrails for what MinIO lacks:
 * CORS by bucket, bucket policies that bind signed links, object ownership. The adoption of a bucket that another tool filled. Takes a `versitygw` program from PATH, or builds one with Go into a temporary folder
 * (a minute). Each ends with `N passed, N failed`. Not part of `npm test`: it would make every machine build a second store.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findOnPath } from '../services/find-on-path.mjs';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { nodeBinary, projectRoot } from '../services/paths.mjs';
import { findFreePort } from '../services/ports.mjs';
import { startPostgres } from '../services/postgres.mjs';

const MODULE = 'github.com/versity/versitygw/cmd/versitygw@latest';
const root = { access: 'root', secret: 'versitygw-root-secret' };
/** Not the administrator, whom no policy binds. */
const app = { access: 'strata-app', secret: 'versitygw-app-secret' };

const dir = mkdtempSync(join(tmpdir(), 'strata-versitygw-'));
chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
const binary = findOnPath('versitygw') ?? build();
const folders = Object.fromEntries(['iam', 'versions', 'data'].map((name) => [name, join(dir, name)]));
for (const folder of Object.values(folders)) mkdirSync(folder);
const postgres = await startPostgres({
  dir: join(dir, 'postgres'),
  port: await findFreePort(),
  password: crypto.randomUUID(),
  runDir: dir,
  logFile: join(dir, 'postgres.log'),
  throwaway: true,
});
const port = await findFreePort();
const endpoint = `http://127.0.0.1:${port}`;
const gateway = spawn(
  binary,
  [
    ...[
      '--access',
      root.access,
      '--secret',
      root.secret,
      '--port',
      `127.0.0.1:${port}`,
      '--iam-dir',
      folders.iam,
      '--quiet',
    ],
    ...['posix', '--versioning-dir', folders.versions, folders.data],
  ],
  { stdio: 'ignore' },
);
let code = 1;
try {
  await migrateDatabase(postgres.url);
  await migrateQueue(postgres.url);
  await untilAnswering();
  execFileSync(binary, [
    ...['admin', '-a', root.access, '-s', root.secret, '-er', endpoint],
    ...['create-user', '-a', app.access, '-s', app.secret, '-r', 'userplus'],
  ]);
  const asked = process.argv.slice(2);
  const codes = ['guardrails', 'adoption'].filter((name) => asked.length === 0 || asked.includes(name)).map(run);
  code = codes.length > 0 && codes.every((one) => one === 0) ? 0 : 1;
} finally {
  gateway.kill();
  await postgres.service.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(code);

function run(name) {
  console.log(`\n${name}`);
  const { status } = spawnSync(nodeBinary, [`scripts/versitygw/${name}.ts`], {
    cwd: projectRoot,
    stdio: 'inherit',
    timeout: 120_000,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('S3_'))),
      // Who fills and reads buckets past the app (scripts/testing/other-tool.ts).
      MINIO_ROOT_USER: root.access,
      MINIO_ROOT_PASSWORD: root.secret,
      S3_ENDPOINT: endpoint,
      S3_BUCKET: 'strata',
      S3_FORCE_PATH_STYLE: 'true',
      S3_ACCESS_KEY_ID: app.access,
      S3_SECRET_ACCESS_KEY: app.secret,
      S3_UPLOAD_ACCESS_KEY_ID: app.access,
      S3_UPLOAD_SECRET_ACCESS_KEY: app.secret,
      S3_PURGE_ACCESS_KEY_ID: app.access,
      S3_PURGE_SECRET_ACCESS_KEY: app.secret,
      S3_SSE: 'none',
      DATABASE_URL: postgres.url,
      NEXTAUTH_SECRET: 'not-used-here-0123456789abcdef0123',
      APP_URL: 'https://media.example.org',
    },
  });
  return status;
}

function build() {
  console.log('building VersityGW with Go, about a minute');
  execFileSync('go', ['install', MODULE], {
    env: { ...process.env, GOBIN: dir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(dir, 'versitygw');
}

async function untilAnswering() {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await delay(100)) {
    const answered = await fetch(endpoint, { signal: AbortSignal.timeout(1_000) }).then(
      () => true,
      () => false, // not listening yet
    );
    if (answered) return;
  }
  throw new Error('VersityGW did not answer within 20 s.');
}
