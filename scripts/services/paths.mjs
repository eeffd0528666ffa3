import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartFailure } from './failure.mjs';

/** The checkout that these scripts belong to. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Node 24: this one, or that of the dependencies when the system's is older (what runs before `npm ci` needs only 20). */
export const nodeBinary =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : join(projectRoot, 'node_modules/.bin/node');

/** Files and folders of one instance. Everything that must survive a restart is under `dataDir`. */
export function instancePaths(dataDir) {
  return {
    dataDir,
    secrets: join(dataDir, 'secrets.json'),
    ports: join(dataDir, 'ports.json'),
    run: join(dataDir, 'run'),
    logs: join(dataDir, 'logs'),
    postgres: join(dataDir, 'postgres'),
    store: join(dataDir, 'store'),
    coldStore: join(dataDir, 'cold-store'),
  };
}

/** `DATA_DIR` as an absolute path; a relative one counts from the checkout, not from where npm was called. */
export function resolveDataDir(value) {
  return resolve(projectRoot, value || '.data');
}

/**
 * Makes the folders of an instance.
 * Others may enter `dataDir` (0711) because Postgres runs as its own user when we are root; what is secret is 0600 or 0700 itself.
 * @throws StartFailure when it cannot be written
 */
export function makeInstanceFolders(dataDir) {
  const paths = instancePaths(dataDir);
  try {
    makeFolder(dataDir);
    for (const folder of [paths.run, paths.logs]) mkdirSync(folder, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(paths.run, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartFailure(
      `DATA_DIR ${dataDir} cannot be written (${error.code ?? error.message}).`,
      'Set DATA_DIR to a folder that you own, for example: DATA_DIR=~/strata-data npm start',
      { cause: error },
    );
  }
  return paths;
}

/** Step by step: Node's own recursive mkdir never comes back where the kernel answers ENOENT for a missing child (/proc). */
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o711 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** Per-user folder for programs that are built once, shared by every checkout. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'strata', 'bin');
}
