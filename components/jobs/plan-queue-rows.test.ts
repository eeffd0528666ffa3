import { expect, it } from 'vitest';
import type { QueueView } from '#lib/jobs/schema.ts';
import { planQueueRows } from './plan-queue-rows.ts';

const queue = (job: string, more: Partial<QueueView> = {}): QueueView => ({
  job,
  waiting: 0,
  later: 0,
  running: 0,
  failed: 0,
  oldestSeconds: null,
  ...more,
});

it('puts what has something to do first, and sums', () => {
  const { rows, waiting, failed } = planQueueRows([
    queue('prune-changes', { later: 1 }),
    queue('run-operation', { waiting: 3, oldestSeconds: 61.4 }),
    queue('of-a-newer-version', { failed: 2 }),
  ]);
  expect(rows.map((row) => row.title)).toEqual([
    'Carry out a change',
    'of-a-newer-version',
    'Forget old notes of changes, and plans nobody started',
  ]);
  expect([waiting, failed]).toEqual([3, 2]);
  expect(rows.map((row) => row.oldest)).toEqual(['1 min', '', '']);
});
