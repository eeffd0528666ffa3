/**
 * "Migrations are safe with an old replica still running": `npx node scripts/robustness/old-replica.ts [--commit <hash>]`, by default the commit
 * before the newest migration. Builds that commit in a folder of its own and runs its web process beside today's web and worker, on a database
 * with all of today's migrations; people upload, list, replace, restore, move to trash and undo, each step by the old and by the new one, and
 * see what the other did. Prints what it tried; exit 1 when a step failed or bucket, index and records do not agree.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWeb, startWorker } from '#scripts/services/app-processes.mjs';
import { claimBuild, ensureBuild } from '#scripts/services/build.mjs';
import { migrateDatabase } from '#scripts/services/migrate-database.mjs';
import { migrateQueue } from '#scripts/services/migrate-queue.mjs';
import { makeInstanceFolders, projectRoot } from '#scripts/services/paths.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { runSetup } from '#scripts/services/prepare.mjs';
import { startThrowawayServices } from '#scripts/services/throwaway.mjs';

const git = (...args: string[]) => execFileSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).trim();
const { values } = parseArgs({ options: { commit: { type: 'string' } } });
const commit = git('rev-parse', values.commit ?? `${git('log', '-1', '--format=%h', '--', 'prisma/migrations')}^`);
const newer = git('diff', '--name-only', commit, '--', 'prisma/migrations').split('\n').filter(Boolean);
const say = (line: string) => console.log(line);
say(`old: ${git('log', '-1', '--format=%h %s', commit)}\nits database has ${newer.length} migrations more`);

const dir = mkdtempSync(join(tmpdir(), 'strata-old-'));
chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
const old = join(dir, 'old');
const cleanups: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
try {
  checkOut();
  const { startWeb: startOldWeb } = await import(join(old, 'scripts/services/app-processes.mjs'));
  runInOld('scripts/generate.mjs');
  const logFile = join(dir, 'build.log');
  // Its own way to build itself.
  runInOld(
    '--input-type=module',
    '-e',
    `const { ensureBuild } = await import('./scripts/services/build.mjs'); await ensureBuild({ say: console.log, logFile: ${JSON.stringify(logFile)} });`,
  );
  await ensureBuild({ say, logFile: join(projectRoot, '.next/cache/strata/build.log') });

  const { env, root, stop } = await startThrowawayServices({ dir });
  cleanups.push(stop);
  Object.assign(process.env, env, { MINIO_ROOT_USER: root.user, MINIO_ROOT_PASSWORD: root.password });
  await migrateDatabase(env.DATABASE_URL as string);
  await migrateQueue(env.DATABASE_URL as string);
  const { library: slug } = await runSetup(env);
  const paths = makeInstanceFolders(dir);
  cleanups.push(claimBuild(Number(env.PORT)));
  const worker = startWorker({ env, paths, say });
  cleanups.push(() => worker.stop(10_000));
  const today = await startWeb({ env, paths, say });
  cleanups.push(() => today.stop(5_000));
  const oldPort = String(await findFreePort());
  const oldPaths = { ...paths, run: join(paths.run, 'old'), logs: join(paths.logs, 'old') };
  for (const folder of [oldPaths.run, oldPaths.logs]) mkdirSync(folder, { recursive: true });
  const yesterday = await startOldWeb({ env: { ...env, PORT: oldPort }, paths: oldPaths, say });
  cleanups.push(() => yesterday.stop(5_000));

  const { playBoth } = await import('./old-replica-steps.ts');
  cleanups.push((await import('#lib/db.ts')).closeDb);
  const failed = await playBoth({ slug, old: `http://localhost:${oldPort}`, say });
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const cleanup of cleanups.toReversed()) await cleanup();
}
process.exit();

/** The files of the commit, with the dependencies of this checkout where they are the same, else with its own. */
function checkOut(): void {
  mkdirSync(old);
  execFileSync('bash', ['-c', `git archive ${commit} | tar x -C "$0"`, old], { cwd: projectRoot });
  if (git('diff', '--name-only', commit, '--', 'package-lock.json') === '') {
    const [from, to] = [join(projectRoot, 'node_modules'), join(old, 'node_modules')];
    // Hard links where both are on one disk: a gigabyte.
    const { status } = spawnSync('cp', ['-al', from, to], { stdio: 'ignore' });
    if (status !== 0) cpSync(from, to, { recursive: true, force: true, verbatimSymlinks: true });
  } else {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: old, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

function runInOld(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: old, stdio: 'inherit' });
  if (status !== 0) throw new Error(`The old commit does not run ${args[0]}.`);
}
