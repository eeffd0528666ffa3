import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import { expect, it, vi } from 'vitest';
import { noticeDeafQueue } from './notice-deaf-queue.ts';

it('tells a failure that is kept from failures that come anew', () => {
  const events: WorkerEvents = new EventEmitter();
  const onDeaf = vi.fn();
  noticeDeafQueue(events, onDeaf);
  const [one, two] = [{ workerId: 'one' }, { workerId: 'two' }];
  const failed = (worker: object, error: Error) => events.emit('worker:getJob:error', { worker, error } as never);

  const away = () => new Error('Connection terminated unexpectedly');
  failed(one, away());
  failed(one, away());
  // What all lanes wait for together fails for all of them together, and may be asked again.
  const kept = away();
  failed(one, kept);
  failed(two, kept);
  expect(onDeaf).not.toHaveBeenCalled();
  failed(one, kept);
  expect(onDeaf.mock.calls).toEqual([[kept]]);
});
