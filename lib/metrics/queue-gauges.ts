import { db } from '#lib/db.ts';
import { readQueues } from '#lib/jobs/read-queues.ts';
import { defineGauge } from './registry.ts';

/** What waits for the workers of the whole installation; each worker says the same, so take the maximum. */
export function defineQueueGauges(): void {
  defineGauge({
    name: 'strata_queue_jobs',
    help: 'Jobs by name and state: waiting (due), later (not due yet), running, failed (used up its attempts).',
    labelNames: ['job', 'state'],
    async read(set) {
      for (const queue of await readQueues()) {
        for (const state of ['waiting', 'later', 'running', 'failed'] as const)
          set(queue[state], { job: queue.job, state });
      }
    },
  });
  defineGauge({
    name: 'strata_queue_oldest_seconds',
    help: 'Age of the job that has been due for longest, by name; 0 when none waits.',
    labelNames: ['job'],
    async read(set) {
      for (const queue of await readQueues()) set(queue.oldestSeconds ?? 0, { job: queue.job });
    },
  });
  defineGauge({
    name: 'strata_workers',
    help: 'Worker processes that showed a sign of life lately.',
    async read(set) {
      set(await db().worker.count());
    },
  });
}
