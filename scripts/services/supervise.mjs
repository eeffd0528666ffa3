import { setTimeout as delay } from 'node:timers/promises';

/** Before a program that ended by itself is started again, the first time. */
export const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** After running this long a program counts as healthy, and its next fall starts with a short pause again. */
const HEALTHY_AFTER_MS = 60_000;

/**
 * Keeps a program running: started again with growing pauses when it ends by itself, each time with one line that says so.
 *
 * @param {{ service: object, restart: () => object | Promise<object>, say: (line: string) => void, pauseMs?: number }} options
 *   `service` runs already; `restart` makes the next one and may throw, which counts as another fall.
 * @returns {{ name: string, stop: (deadlineMs?: number) => Promise<void> }}
 */
export function supervise({ service, restart, say, pauseMs = FIRST_PAUSE_MS }) {
  const stopping = new AbortController();
  let current = service;

  async function keepRunning() {
    let falls = 0;
    let startedAt = Date.now();
    while (!stopping.signal.aborted) {
      const end = await current.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) falls = 0;
      const pause = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** falls);
      falls += 1;
      say(
        `${service.name} stopped (${describeEnd(end)}); starting it again in ${pause / 1000} s. Its log: ${service.logFile}`,
      );
      await delay(pause, null, { signal: stopping.signal }).catch(() => {}); // aborted: the loop's condition ends it
      if (stopping.signal.aborted) return;
      startedAt = Date.now();
      current = await Promise.resolve()
        .then(restart)
        .catch((error) => fallen(error));
    }
  }
  const done = keepRunning();

  return {
    name: service.name,
    async stop(deadlineMs) {
      stopping.abort();
      await current.stop(deadlineMs);
      await done;
      await current.stop(deadlineMs); // it was being started when we asked
    },
  };
}

function fallen(error) {
  return { exited: Promise.resolve({ code: null, signal: null, error }), stop: async () => {} };
}

function describeEnd({ code, signal, error }) {
  if (error) return error.message;
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
