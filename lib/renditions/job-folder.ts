import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `strata-media-PID-random`: the process that works in it, so that what a killed one left can be told. */
const prefix = 'strata-media-';
const ofProcess = /^strata-media-(\d+)-/;

/** A folder of this job alone, removed whatever happens. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Removes the folders of processes that were killed: people's originals must not stay in a temporary folder. To be called before the
 * first `inFolder`: in a container each worker has the same process number as the one before it.
 * @param dir where temporary folders are; the system's
 * @returns how many were removed
 */
export async function removeLeftFolders(dir = tmpdir()): Promise<number> {
  const left = (await readdir(dir)).filter((name) => {
    const pid = Number(ofProcess.exec(name)?.[1] ?? Number.NaN);
    return pid === process.pid || (pid > 0 && !lives(pid));
  });
  const removed = await Promise.all(left.map((name) => removeOwn(join(dir, name))));
  return removed.filter(Boolean).length;
}

async function removeOwn(folder: string): Promise<boolean> {
  try {
    await rm(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    // Another user's Strata on this machine: that one removes it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EACCES') return false;
    throw error;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's, and alive.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
