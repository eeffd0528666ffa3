import { log } from '#lib/log.ts';

/**
 * Runs `work` again and again with a pause between, until stopped; used where a minute is too coarse for cron.
 * A failure is logged and the next round comes after a longer pause, so that a database that is away is not hammered.
 * @returns stop: resolves when the round under way has ended
 */
export function repeat(name: string, pauseMs: number, work: () => Promise<unknown>): () => Promise<void> {
  let stopped = false;
  let wake: () => void = () => {};
  const rounds = (async () => {
    let failures = 0;
    while (!stopped) {
      try {
        await work();
        failures = 0;
      } catch (error) {
        failures += 1;
        log().error({ err: error, task: name, failures }, 'a repeated task failed; it is tried again');
      }
      const wait = pauseMs * 2 ** Math.min(failures, 5);
      if (!stopped) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, wait).unref();
        });
      }
    }
  })();
  return async () => {
    stopped = true;
    wake();
    await rounds;
  };
}
