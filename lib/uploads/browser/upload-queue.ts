import { maxBatch } from '../limits.ts';
import type { Batcher } from './batcher.ts';
import type { Deps } from './deps.ts';
import { type DriveHooks, driveItem } from './drive-item.ts';
import type { StartResult, UploadItem } from './types.ts';

/** Files in hand at a time (hashed, reserved, being sent); refilled when half are through, so that start calls are full. */
const mostInHand = 2 * maxBatch;
/** Their bytes, large files counted with 128 MiB each: links live 10 min, so nothing is reserved far ahead. 512 MiB. */
const mostBytesInHand = 512 * 1024 * 1024;
const countedAtMost = 128 * 1024 * 1024;

/** Takes waiting files in hand, a bounded number at a time, and drives each to its end. */
export function createUploadQueue(deps: Deps, hooks: Omit<DriveHooks, 'onSent'>) {
  const waiting: UploadItem[] = [];
  const controls = new Map<number, AbortController>();
  let inHand = 0;
  let bytesInHand = 0;
  let unhashed = 0;
  let filling = false;

  function pump() {
    if (inHand <= mostInHand / 2 && bytesInHand <= mostBytesInHand / 2) filling = true;
    while (filling && waiting.length > 0) {
      if (inHand >= mostInHand || (inHand > 0 && bytesInHand >= mostBytesInHand)) filling = false;
      else launch(waiting.shift() as UploadItem);
    }
    deps.starts.reconsider();
    deps.completes.reconsider();
  }

  function launch(item: UploadItem) {
    if (item.state !== 'waiting') return;
    const control = new AbortController();
    controls.set(item.id, control);
    item.startedAt = null;
    const counted = Math.min(item.size, countedAtMost);
    inHand += 1;
    bytesInHand += counted;
    let held = true;
    let hashing = item.session === null;
    if (hashing) unhashed += 1;
    const hashed = () => {
      if (hashing) unhashed -= 1;
      hashing = false;
    };
    const onSent = () => {
      hashed();
      if (!held) return;
      held = false;
      inHand -= 1;
      bytesInHand -= counted;
      pump();
    };
    const start = (one: UploadItem): Promise<StartResult> => {
      hashed();
      return deps.starts.add(one);
    };
    const starts = { ...deps.starts, add: start };
    void driveItem({ ...deps, starts }, item, control.signal, { ...hooks, onSent }).finally(() => {
      if (controls.get(item.id) === control) controls.delete(item.id);
    });
  }

  return {
    pump,
    /** The file waits for its turn; `first` when a person just decided about it. Call `pump` after the last one. */
    enqueue(item: UploadItem, first = false) {
      item.failure = null;
      deps.store.setState(item, 'waiting');
      if (first) waiting.unshift(item);
      else waiting.push(item);
    },
    /** Ends what runs for this file; its session stays. */
    stop(item: UploadItem) {
      const index = waiting.indexOf(item);
      if (index !== -1) waiting.splice(index, 1);
      const control = controls.get(item.id);
      controls.delete(item.id);
      control?.abort(new DOMException('The upload was stopped.', 'AbortError'));
    },
    /** Files whose bytes are not all sent yet. */
    following: () => inHand + waiting.length,
    /** Files in hand that will come to the next start call. */
    unhashed: () => unhashed,
  };
}
export type UploadQueue = ReturnType<typeof createUploadQueue>;

/** Start calls for several libraries through one door. */
export function startsByLibrary(make: (library: string) => Batcher<UploadItem, StartResult>) {
  const batchers = new Map<string, Batcher<UploadItem, StartResult>>();
  return {
    add(item: UploadItem): Promise<StartResult> {
      let batcher = batchers.get(item.library);
      if (!batcher) {
        batcher = make(item.library);
        batchers.set(item.library, batcher);
      }
      const answer = batcher.add(item);
      batcher.reconsider();
      return answer;
    },
    reconsider() {
      for (const batcher of batchers.values()) batcher.reconsider();
    },
  };
}
