import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withCheckoutLock } from './checkout-lock.mjs';
import { StartFailure } from './failure.mjs';
import { nodeBinary, projectRoot } from './paths.mjs';
import { reasonOf } from './reason-of.mjs';

const run = promisify(execFile);
const stamp = join(projectRoot, 'lib/generated/.made-from');

/**
 * Writes the database client to `lib/generated` when the schema or Prisma itself is newer.
 * The CLI wants to download an engine that `generate` does not use; naming any program in its place prevents that.
 */
export async function generateClient({ force = false } = {}) {
  const schema = readFileSync(join(projectRoot, 'prisma/schema.prisma'), 'utf8');
  const prisma = readFileSync(join(projectRoot, 'node_modules/prisma/package.json'), 'utf8');
  const wanted = createHash('sha256').update(schema).update(JSON.parse(prisma).version).digest('hex');
  if (!force && readStamp() === wanted) return;
  await withCheckoutLock('generate', async () => {
    if (!force && readStamp() === wanted) return;
    try {
      const cli = join(projectRoot, 'node_modules/prisma/build/index.js');
      const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
      await run(nodeBinary, [cli, 'generate', '--no-hints'], { cwd: projectRoot, env });
    } catch (error) {
      throw new StartFailure(
        `The database client could not be generated: ${reasonOf(error)}`,
        'Correct prisma/schema.prisma, then: npm run generate',
        { cause: error },
      );
    }
    writeFileSync(stamp, wanted);
  });
}

/**
 * Runs scripts/setup.ts: the first library and the first admin. Safe to repeat.
 * @param {Record<string, string>} env the variables of lib/env.ts
 * @returns {Promise<{ library: string, createdBucket: boolean, admin: boolean }>} what it printed
 * @throws StartFailure with its own sentence
 */
export async function runSetup(env) {
  try {
    const { stdout } = await run(nodeBinary, ['scripts/setup.ts'], {
      cwd: projectRoot,
      env: { ...process.env, ...env, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
      timeout: 120_000,
    });
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch (error) {
    throw new StartFailure(`The library could not be set up: ${reasonOf(error)}`, 'Mend that and start again.', {
      cause: error,
    });
  }
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
