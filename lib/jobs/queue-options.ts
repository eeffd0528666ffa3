import type { RunnerOptions } from 'graphile-worker';

/** How our worker uses graphile-worker; the benchmark uses the same. */
export const queueOptions = {
  /** Milliseconds; jobs are notified of at once, this is for those whose time has come. */
  pollInterval: 2_000,
  // Ends of jobs are written in batches, which a graceful stop waits for. Without them graphile-worker 0.18 does not wait for the end
  // of the last job to be written, and it stays locked for hours.
  preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
} satisfies RunnerOptions;
