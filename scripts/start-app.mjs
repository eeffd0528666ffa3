/** The second part of `npm start`, on Node 24: services, set-up, build, web and worker. Started by start.mjs. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWeb, startWorker } from './services/app-processes.mjs';
import { claimBuild, ensureBuild } from './services/build.mjs';
import { startDatabase } from './services/database.mjs';
import { describeFailure } from './services/failure.mjs';
import { migrateDatabase } from './services/migrate-database.mjs';
import { migrateQueue } from './services/migrate-queue.mjs';
import { makeInstanceFolders } from './services/paths.mjs';
import { generateClient, runSetup } from './services/prepare.mjs';
import { processIdentity, stopLeftovers } from './services/processes.mjs';
import { onStopRequest } from './services/run-stage.mjs';
import { keepSecrets } from './services/secrets.mjs';
import { readSettings } from './services/settings.mjs';
import { startStore } from './services/store.mjs';

/** Milliseconds that each gets to end by itself. Web has nothing to lose; Postgres writes a checkpoint. */
const DEADLINES = { web: 5_000, worker: 10_000, store: 10_000, postgres: 20_000 };
const say = (line) => console.log(`strata: ${line}`);

const { values: options } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
const settings = readSettings();
const paths = makeInstanceFolders(settings.dataDir);
const record = join(paths.run, 'start.json');
/** In the order in which they are stopped. */
const keepers = { web: null, worker: null, store: null, postgres: null };
const stopping = new AbortController();
let forgetBuild = () => {};

async function up() {
  const secrets = keepSecrets(paths.secrets);
  const [database, store] = await both(
    startDatabase({ ...settings, paths, secrets, say }).then((result) => {
      keepers.postgres = result.keeper;
      return result;
    }),
    startStore({ ...settings, paths, secrets, say, signal: stopping.signal }).then((result) => {
      keepers.store = result.keeper;
      return result;
    }),
  );
  const env = {
    NEXTAUTH_SECRET: secrets.nextauthSecret,
    ADMIN_EMAIL: 'admin@strata.local',
    ADMIN_PASSWORD: secrets.adminPassword,
    ...settings.given,
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: database.url,
    ...store.env,
  };
  await generateClient();
  const applied = await migrateDatabase(env.DATABASE_URL);
  await migrateQueue(env.DATABASE_URL);
  if (applied.length > 0) say(`database migrated: ${applied.join(', ')}`);
  stopping.signal.throwIfAborted();
  await both(runSetup(env), serve(env));
  stopping.signal.throwIfAborted();
  announce(env, store.local);
}

async function serve(env) {
  if (!options.dev) {
    await ensureBuild({ say, logFile: join(paths.logs, 'build.log'), signal: stopping.signal });
    forgetBuild = claimBuild(settings.port);
  }
  const common = { env, paths, dev: options.dev, say };
  keepers.worker = startWorker(common);
  keepers.web = await startWeb(common);
}

/** Both at once. When one fails the other is waited for all the same, so that it is stopped and not forgotten. */
async function both(...work) {
  const results = await Promise.allSettled(work);
  stopping.signal.throwIfAborted();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => result.value);
}

function announce(env, local) {
  const lines = [
    '',
    `  Strata is running:  ${settings.appUrl}`,
    `  First admin:        ${env.ADMIN_EMAIL}`,
    `  Password:           ${env.ADMIN_PASSWORD}   (as first set; change it on the account page)`,
    `  Data and logs:      ${paths.dataDir}${local ? '' : `, media in ${env.S3_ENDPOINT ?? 'AWS'} / ${env.S3_BUCKET}`}`,
    '  Stop:               Ctrl-C',
    '',
  ];
  console.log(lines.join('\n'));
}

async function down() {
  for (const [name, keeper] of Object.entries(keepers)) await keeper?.stop(DEADLINES[name]);
  forgetBuild();
  rmSync(record, { force: true });
}

async function main() {
  writeFileSync(
    record,
    JSON.stringify({
      name: 'start',
      pid: process.pid,
      identity: processIdentity(process.pid),
      stopSignal: 'SIGTERM',
      alone: true,
    }),
  );
  const starting = up();
  onStopRequest(
    async () => {
      say('stopping');
      stopping.abort();
      await starting.catch(() => {}); // reported below, or the result of the abort
      await down();
      process.exit(0);
    },
    async () => {
      say('stopping at once');
      rmSync(record, { force: true }); // this process ends by itself
      await stopLeftovers(paths.run, 0);
      process.exit(1);
    },
  );
  try {
    await starting;
  } catch (error) {
    if (stopping.signal.aborted) return; // the stop request's own handler goes on
    console.error(describeFailure(error));
    await down();
    process.exit(1);
  }
}

process.title = `strata start ${settings.port}`;
await main();
