import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks of /proc a second; Linux has 100 on every platform that runs Chromium. */
const ticksPerSecond = 100;

/** The process that listens on a port of this machine. Linux only. */
export function findListener(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = `${read('/proc/net/tcp')}\n${read('/proc/net/tcp6')}`.split('\n');
  const inode = lines
    .map((line) => line.trim().split(/\s+/))
    .find((f) => f[1]?.endsWith(`:${hex}`) && f[3] === '0A')?.[9];
  for (const pid of pids()) if (socketsOf(pid).includes(`socket:[${inode}]`)) return pid;
  throw new Error(
    `No process was found that listens on port ${port}. The benchmark needs Linux and the app on this machine.`,
  );
}

/** What the descriptors of a process stand for; empty when it is gone, or somebody else's. One that was closed meanwhile hides no other. */
function socketsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** A process and all that it started. */
export function processTree(root) {
  const parents = new Map();
  for (const pid of pids()) {
    const fields = statOf(pid);
    if (fields) parents.set(pid, Number(fields[1]));
  }
  const isOurs = (pid) => pid === root || (pid > 1 && parents.has(pid) && isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs);
}

export const residentBytes = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;

/** What it was started with; Chromium writes spaces between the words. */
export const commandOf = (pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

/**
 * Who uses the processors? Each kind of process with its CPU time so far in ms: Chromium's page, network and other processes, and, of
 * those that run on this machine, web, worker, Postgres and store. Differences of two calls tell what a case cost, and whom.
 *
 * @param {{ browserPid: number, appUrl: URL }} of
 * @returns {() => Record<string, number>}
 */
export function cpuAccounts({ browserPid, appUrl }) {
  const { DATABASE_URL, S3_ENDPOINT } = process.env;
  const services = { web: findListener(Number(appUrl.port || 80)) };
  if (S3_ENDPOINT && isHere(S3_ENDPOINT)) services.store = findListener(Number(new URL(S3_ENDPOINT).port || 80));
  if (DATABASE_URL && isHere(DATABASE_URL)) {
    services.postgres = findListener(Number(new URL(DATABASE_URL).port || 5432));
    const worker = pids().find(
      (pid) =>
        commandOf(pid).includes('lib/jobs/worker.ts') &&
        read(`/proc/${pid}/environ`).includes(`DATABASE_URL=${DATABASE_URL}\0`),
    );
    if (worker) services.worker = worker;
  }
  return () => {
    const spent = { page: 0, network: 0, browser: 0 };
    for (const pid of processTree(browserPid)) {
      const words = commandOf(pid);
      const kind = words.includes('--type=renderer')
        ? 'page'
        : words.includes('--utility-sub-type=network.mojom.NetworkService')
          ? 'network'
          : 'browser';
      spent[kind] += processCpuMs(pid);
    }
    for (const [name, root] of Object.entries(services)) spent[name] = treeCpuMs(root);
    return spent;
  };
}

/** What each process spent between two calls of `cpuAccounts`, divided by `count`. */
export const cpuBetween = (before, after, count = 1) =>
  Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, (ms - before[name]) / count]));

const isHere = (url) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** CPU time so far of a process and all that it started, ms. */
export const treeCpuMs = (root) => processTree(root).reduce((sum, pid) => sum + processCpuMs(pid), 0);

/** User and system time, with that of children that have ended. */
export function processCpuMs(pid) {
  const fields = statOf(pid);
  if (!fields) return 0;
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
  return (ticks * 1000) / ticksPerSecond;
}

/** Fields of /proc/PID/stat from the state on: the name before it may hold spaces. */
function statOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const pids = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process may end between listing and reading.
    return '';
  }
}
