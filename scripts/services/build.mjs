import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutState, withCheckoutLock } from './checkout-lock.mjs';
import { StartFailure } from './failure.mjs';
import { nodeBinary, projectRoot } from './paths.mjs';
import { processIdentity, tailOf } from './processes.mjs';

/** What a page is made of. Tests are not part of it. */
const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'proxy.ts', 'prisma/schema.prisma'],
  ...['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
];
const stamp = join(checkoutState, 'build.sha256');

/**
 * Builds the app when the sources are not those of the last build. One build serves all instances of a checkout; an
 * instance that runs from it would lose its files under its feet, so it is named instead.
 *
 * @param {{ say: (line: string) => void, logFile: string, signal?: AbortSignal }} options
 * @throws StartFailure
 */
export async function ensureBuild({ say, logFile, signal }) {
  await withCheckoutLock(
    'build',
    async () => {
      const wanted = hashSources();
      if (existsSync(join(projectRoot, '.next/BUILD_ID')) && readText(stamp) === wanted) return;
      const user = findUsers().find((entry) => entry.pid !== process.pid);
      if (user) {
        throw new StartFailure(
          `The sources have changed, and the Strata on port ${user.port} (process ${user.pid}) runs from the last build of this checkout.`,
          `Stop that one first (kill ${user.pid}), or start this one from a clone of its own.`,
        );
      }
      say('building the app; once for these sources, about a minute');
      rmSync(stamp, { force: true });
      await build(logFile, signal);
      mkdirSync(checkoutState, { recursive: true });
      writeFileSync(stamp, wanted);
    },
    () => say('another process is building this checkout; waiting for it'),
  );
}

/** Notes that this process serves the build, so that nobody replaces it meanwhile. Returns the undoing. */
export function claimBuild(port) {
  const file = join(checkoutState, `user-${process.pid}.json`);
  mkdirSync(checkoutState, { recursive: true });
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid), port }));
  return () => rmSync(file, { force: true });
}

function findUsers() {
  if (!existsSync(checkoutState)) return [];
  const files = readdirSync(checkoutState).filter((name) => name.startsWith('user-'));
  return files.flatMap((name) => {
    const file = join(checkoutState, name);
    const entry = JSON.parse(readText(file) || '{}');
    if (entry.pid && processIdentity(entry.pid) === entry.identity) return [entry];
    rmSync(file, { force: true }); // left by one that was killed
    return [];
  });
}

function hashSources() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(projectRoot, path);
    if (!existsSync(full)) return;
    if (path === 'lib/generated' || /\.test\.tsx?$/.test(path)) return;
    let entries;
    try {
      entries = readdirSync(full).sort();
    } catch (error) {
      if (error.code !== 'ENOTDIR') throw error;
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
      return;
    }
    for (const name of entries) visit(`${path}/${name}`);
  };
  for (const path of SOURCES) visit(path);
  return hash.digest('hex');
}

async function build(logFile, signal) {
  const log = openSync(logFile, 'w');
  const code = await new Promise((resolve, reject) => {
    const child = spawn(nodeBinary, ['node_modules/next/dist/bin/next', 'build'], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', log, log],
      signal,
    });
    child.once('error', reject);
    child.once('close', (exitCode, killedBy) => resolve(exitCode ?? killedBy));
  }).finally(() => closeSync(log));
  if (code === 0) return;
  throw new StartFailure(
    `The app could not be built (${code}):\n${tailOf(logFile, 30)}\n`,
    `The whole log is ${logFile}.`,
  );
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
