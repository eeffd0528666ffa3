import type { WorkerEvents } from 'graphile-worker';

/**
 * Notices a queue that will never take a job again. graphile-worker 0.18 asks once which tasks the database knows and keeps the answer, also
 * when it is a failure (taskIdentifiers.js): a database that went away in that moment leaves a worker that lives, beats, and is told the very
 * same error each time it asks for a job. Other failures are a new error each time, and pass.
 * @param onDeaf told once for each time that it is noticed
 */
export function noticeDeafQueue(events: WorkerEvents, onDeaf: (error: unknown) => void): void {
  const last = new WeakMap<object, unknown>();
  events.on('worker:getJob:error', ({ worker, error }) => {
    if (last.get(worker) === error) onDeaf(error);
    last.set(worker, error);
  });
}
