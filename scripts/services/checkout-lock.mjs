import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from './paths.mjs';
import { processIdentity } from './processes.mjs';

/** What belongs to the checkout and not to one instance: `next build` clears its folder but for the cache. */
export const checkoutState = join(projectRoot, '.next/cache/strata');

/**
 * Takes a lock file that names its holder. A holder that no longer runs does not count.
 * @returns {{ taken: true, release: () => void } | { taken: false, holder: { pid: number } }}
 */
export function tryLock(file, note = {}) {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      const holder = { pid: process.pid, identity: processIdentity(process.pid), ...note };
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
      return { taken: true, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder && processIdentity(holder.pid) === holder.identity) return { taken: false, holder };
    rmSync(file, { force: true });
  }
}

/** Runs `work` while no other process does the same in this checkout; `onWait` is told once if it has to wait. */
export async function withCheckoutLock(name, work, onWait = () => {}) {
  const file = join(checkoutState, `${name}.lock`);
  let lock = tryLock(file);
  if (!lock.taken) onWait(lock.holder);
  while (!lock.taken) {
    await delay(250);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // gone in the meantime, or cut off by a kill while it was written
  }
}
