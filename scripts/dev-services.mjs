/**
 * Postgres and MinIO for development and for single test files: `node scripts/dev-services.mjs --dir /tmp/x [--no-migrate] [--scan]`.
 * `--scan` lets lifecycle rules act at once, for `lifecycle.api.test.ts`.
 * Writes `env.sh` into the folder (`source /tmp/x/env.sh`) and stays until Ctrl-C. Run it with Node 24 (`npx node …`);
 * an older one starts Node 24 by itself.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure } from './services/failure.mjs';
import { nodeBinary, projectRoot } from './services/paths.mjs';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    'no-migrate': { type: 'boolean', default: false },
    scan: { type: 'boolean', default: false },
  },
});
if (!values.dir) {
  console.error('Usage: node scripts/dev-services.mjs --dir <folder> [--no-migrate] [--scan]');
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 24) {
  const child = spawn(nodeBinary, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
} else {
  await main(resolve(values.dir)).catch((error) => {
    console.error(describeFailure(error));
    process.exit(1);
  });
}

async function main(dir) {
  const { startThrowawayServices } = await import('./services/throwaway.mjs');
  const running = await startThrowawayServices({ dir, say: console.log, scansAlways: values.scan });
  const file = join(dir, 'env.sh');
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    rmSync(file, { force: true });
    await running.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  if (!values['no-migrate'] && hasMigrations()) {
    const { migrateDatabase } = await import('./services/migrate-database.mjs');
    const { migrateQueue } = await import('./services/migrate-queue.mjs');
    console.log(`migrations: ${(await migrateDatabase(running.env.DATABASE_URL)).join(', ') || 'none pending'}`);
    await migrateQueue(running.env.DATABASE_URL);
  }
  const variables = { ...running.env, MINIO_ROOT_USER: running.root.user, MINIO_ROOT_PASSWORD: running.root.password };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  console.log(`Postgres and MinIO are up. In another terminal: source ${file}`);
}

function hasMigrations() {
  const folder = join(projectRoot, 'prisma/migrations');
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')),
  );
}
