import type { WorkerEvents } from 'graphile-worker';
import { metrics } from '#lib/metrics/registry.ts';

/** Counts what this worker does with jobs: how long they waited and ran, and how they ended. */
export function countJobs(events: WorkerEvents): void {
  const started = new Map<string, number>();
  events.on('job:start', ({ job }) => {
    started.set(job.id, performance.now());
    const due = Math.max(job.run_at.getTime(), job.updated_at.getTime());
    metrics().jobWaitSeconds.observe({ job: job.task_identifier }, Math.max(0, Date.now() - due) / 1000);
  });
  events.on('job:success', ({ job }) => metrics().jobs.inc({ job: job.task_identifier, outcome: 'done' }));
  events.on('job:error', ({ job }) => {
    const outcome = job.attempts >= job.max_attempts ? 'failed' : 'retry';
    metrics().jobs.inc({ job: job.task_identifier, outcome });
  });
  events.on('job:complete', ({ job }) => {
    const at = started.get(job.id);
    started.delete(job.id);
    if (at !== undefined) {
      metrics().jobSeconds.observe({ job: job.task_identifier }, (performance.now() - at) / 1000);
    }
  });
}
