import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A log is set aside as `.1` at the next start of its service when it is longer, bytes. */
const MAX_LOG_BYTES = 20 * 1024 * 1024;

/**
 * What tells one process from a later one with the same id: its start time, and the boot it belongs to.
 * Null when there is no such process, or only its zombie.
 */
export function processIdentity(pid) {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets, so count from the last bracket. Field 22 is the start.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch (error) {
    if (process.platform === 'linux') {
      if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
      throw error;
    }
  }
  try {
    const answer = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return answer.startsWith('Z') ? null : answer.replace(/^\S+\s+/, '');
  } catch {
    return null; // ps exits 1 when there is no such process
  }
}

/** Name and parent of a process, or null when it is gone. */
export function parentOf(pid) {
  try {
    const answer = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [, parent, command] = answer.match(/^(\d+)\s+(?:.*\/)?-?(.+)$/) ?? [];
    return parent ? { parent: Number(parent), command } : null;
  } catch {
    return null; // no such process, or no ps in a bare container
  }
}

/**
 * Starts a long-running program in a session of its own, so that a Ctrl-C in the terminal reaches only us and we stop
 * things in order. Its output goes to `logFile`, its pid and identity to `runDir`, so that the next start finds it
 * even after we were killed.
 *
 * @param {{ name: string, command: string, args: string[], runDir: string, logFile: string, cwd?: string,
 *   env?: Record<string, string>, uid?: number, gid?: number, stopSignal?: NodeJS.Signals }} spec
 */
export function spawnService(spec) {
  const log = openLog(spec.logFile);
  let child;
  try {
    child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env ?? process.env,
      uid: spec.uid,
      gid: spec.gid,
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
  const stopSignal = spec.stopSignal ?? 'SIGTERM';
  const record = join(spec.runDir, `${spec.name}.json`);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal, error: null }));
  }).then((result) => {
    removeRecord(record, child.pid);
    return result;
  });
  if (child.pid) {
    const identity = processIdentity(child.pid);
    if (identity) writeFileSync(record, JSON.stringify({ name: spec.name, pid: child.pid, identity, stopSignal }));
  }
  let running = true;
  void exited.then(() => {
    running = false;
  });
  return {
    name: spec.name,
    pid: child.pid,
    logFile: spec.logFile,
    exited,
    get running() {
      return running;
    },
    /** Asks it to stop, then insists after `deadlineMs`. Resolves when it is gone. */
    async stop(deadlineMs = 10_000) {
      if (!running || !child.pid) return;
      signalGroup(child.pid, stopSignal);
      const gone = await Promise.race([exited.then(() => true), delay(deadlineMs, false, { ref: false })]);
      if (!gone) {
        signalGroup(child.pid, 'SIGKILL');
        await exited;
      }
    },
  };
}

/**
 * Stops what an earlier run of this instance left behind: exactly the processes it recorded, known by pid and start time.
 * The order is that of an ordinary stop. Returns the names of those that were still running.
 */
export async function stopLeftovers(runDir, deadlineMs = 15_000) {
  // A start process that lost its parent is stopping them already; it goes first, so that it does not start them again.
  const order = ['start', 'web', 'worker', 'store', 'cold-store', 'postgres'];
  const rank = (record) => (order.includes(record.name) ? order.indexOf(record.name) : -1);
  const stopped = [];
  for (const record of readRecords(runDir).sort((a, b) => rank(a) - rank(b))) {
    if (isSame(record)) {
      stopped.push(record.name);
      send(record, record.stopSignal);
      const deadline = Date.now() + deadlineMs;
      while (isSame(record) && Date.now() < deadline) await delay(50);
      if (isSame(record)) {
        send(record, 'SIGKILL');
        while (isSame(record)) await delay(50);
      }
    }
    rmSync(record.file, { force: true });
  }
  return stopped;
}

function readRecords(runDir) {
  let names;
  try {
    names = readdirSync(runDir).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return names.flatMap((name) => {
    const file = join(runDir, name);
    try {
      return [{ ...JSON.parse(readFileSync(file, 'utf8')), file }];
    } catch {
      rmSync(file, { force: true }); // cut off by the kill; nothing in it can be trusted
      return [];
    }
  });
}

function isSame(record) {
  return Number.isInteger(record.pid) && processIdentity(record.pid) === record.identity;
}

function send(record, signal) {
  if (record.alone) process.kill(record.pid, signal);
  else signalGroup(record.pid, signal);
}

/** The process and what it started. A group that is already gone is no error. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function openLog(file) {
  try {
    if (statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return openSync(file, 'a');
}

function removeRecord(file, pid) {
  try {
    if (JSON.parse(readFileSync(file, 'utf8')).pid === pid) rmSync(file);
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
}

/** The last lines of a log, for a message about why a service did not come up. */
export function tailOf(file, lines = 5) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
