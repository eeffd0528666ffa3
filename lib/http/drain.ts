import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/log.ts';
import { draining } from './load.ts';

/** Seconds that requests under way get after the process stopped listening. The longest that works is a copy of 5 GB. */
const graceSeconds = 25;

/**
 * At SIGTERM and SIGINT: not ready at once (`/readyz` answers 503, requests that only wait end), then `seconds` in which the balancer
 * finds that out while everything is still answered, then Next's own stop: no more listening, what is under way ends, exit.
 * Next has installed its handlers before it calls us; ours goes before them.
 */
export function drainOnSignal(seconds: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const next = process.listeners(signal) as ((signal: NodeJS.Signals) => void)[];
    process.removeAllListeners(signal);
    process.once(signal, () => {
      void (async () => {
        log().info({ seconds }, 'asked to stop: not ready any more');
        draining.abort();
        await sleep(seconds * 1000);
        // A request that hangs must not keep a process that was told to go.
        setTimeout(() => process.exit(1), graceSeconds * 1000).unref();
        for (const stop of next) stop(signal);
      })();
    });
  }
}
