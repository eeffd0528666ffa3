import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCheckoutLock } from './checkout-lock.mjs';
import { StartFailure } from './failure.mjs';
import { findOnPath } from './find-on-path.mjs';
import { nodeBinary, projectRoot } from './paths.mjs';

/**
 * Installs the dependencies when they are missing or are not those of the lock file. Takes 0.05 s when all is in place.
 * @param {(line: string) => void} say
 * @throws StartFailure
 */
export async function ensureDependencies(say) {
  if (isInstalled()) return;
  await withCheckoutLock(
    'install',
    async () => {
      if (isInstalled()) return; // by the process that we waited for
      say('installing the dependencies (npm ci), one to two minutes');
      // Development packages too: Node 24 itself and the build's tools are among them.
      const code = await run('npm', [
        'ci',
        '--include=dev',
        '--ignore-scripts=false',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ]);
      if (code !== 0 || !isInstalled()) {
        throw new StartFailure(
          `The dependencies could not be installed (npm ci ended with ${code}).`,
          'Read the lines above; most often the network or the rights on node_modules are at fault. Then start again.',
        );
      }
    },
    () => say('another process is installing the dependencies; waiting for it'),
  );
}

/** Whether what npm noted in node_modules is what the lock file asks for, and the Node that runs the app is there. */
function isInstalled() {
  const installed = readPackages(join(projectRoot, 'node_modules/.package-lock.json'));
  const wanted = readPackages(join(projectRoot, 'package-lock.json'));
  if (!installed || !wanted || !existsSync(nodeBinary)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = installed[path];
    // A package for another platform is not installed, and is marked as optional.
    return found ? found.version === entry.version && found.integrity === entry.integrity : Boolean(entry.optional);
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

function run(command, args) {
  if (!findOnPath(command)) {
    throw new StartFailure(`There is no "${command}" on PATH.`, 'Install Node.js 20 or newer, which brings it.');
  }
  // npm before 11 runs every install script; this keeps Prisma's from downloading an engine that nothing here uses.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}
