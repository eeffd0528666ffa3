import { spawn } from 'node:child_process';
import { nodeBinary, projectRoot } from './paths.mjs';
import { parentOf, processIdentity } from './processes.mjs';

/**
 * Runs a script of ours with Node 24 in the foreground and passes signals on. When this process is killed outright, the
 * script sees its IPC channel close and stops by itself; the other way round the caller cleans up (see start.mjs).
 *
 * @param {string} script path in the checkout
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function runStage(script, args, env = process.env) {
  const child = spawn(nodeBinary, [script, ...args], {
    cwd: projectRoot,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  stopWithNpm(forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * In a stage: calls `stop` once at the first request to end, from the terminal, from the parent, or by the parent's death.
 * A person who insists (a second Ctrl-C after a second) gets `hurry`.
 */
export function onStopRequest(stop, hurry) {
  let since = 0;
  const ask = () => {
    if (!since) {
      since = Date.now();
      stop();
    } else if (Date.now() - since > 1_000) {
      hurry(); // within the second it is the same Ctrl-C, which reaches us twice: from the terminal and by forwarding
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  process.once('disconnect', () => {
    if (!since) ask();
  });
}

/** When the npm that called us is killed outright we would run on under nobody: stop, as the person meant. */
function stopWithNpm(forward) {
  if (!process.env.npm_lifecycle_event) return;
  const callers = findNpm(process.ppid).map((pid) => ({ pid, identity: processIdentity(pid) }));
  const timer = setInterval(() => {
    if (callers.every(({ pid, identity }) => processIdentity(pid) === identity)) return;
    clearInterval(timer);
    forward('SIGTERM');
  }, 1_000);
  timer.unref();
}

/** npm is our parent, or the parent of the shell that it called us with. */
function findNpm(parent) {
  const found = parentOf(parent);
  return found && /^(ba|da|a|z)?sh$/.test(found.command) ? [parent, found.parent] : [parent];
}
