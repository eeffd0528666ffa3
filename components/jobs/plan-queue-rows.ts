import { formatDuration } from '#components/ui/format.ts';
import { jobTitle } from '#lib/jobs/job-titles.ts';
import type { QueueView } from '#lib/jobs/schema.ts';

export type QueueRow = {
  job: string;
  title: string;
  waiting: number;
  later: number;
  running: number;
  failed: number;
  /** How long the first has waited, in words; empty when none waits. */
  oldest: string;
};

/** Rows for the table, those with something to do first, and the sums for the bar. */
export function planQueueRows(queues: QueueView[]): { rows: QueueRow[]; waiting: number; failed: number } {
  const rows = queues.map(({ job, waiting, later, running, failed, oldestSeconds }) => ({
    job,
    title: jobTitle(job),
    waiting,
    later,
    running,
    failed,
    oldest: oldestSeconds === null ? '' : formatDuration(Math.round(oldestSeconds)),
  }));
  const weight = (row: QueueRow) => row.failed + row.waiting + row.running;
  rows.sort((a, b) => Math.sign(weight(b)) - Math.sign(weight(a)) || a.title.localeCompare(b.title, 'en'));
  const sum = (field: 'waiting' | 'failed') => queues.reduce((total, queue) => total + queue[field], 0);
  return { rows, waiting: sum('waiting'), failed: sum('failed') };
}
