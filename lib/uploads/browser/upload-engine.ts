import { findPathProblem } from '#lib/libraries/path-rules.ts';
import { maxBatch } from '../limits.ts';
import { createBatcher } from './batcher.ts';
import { createByteBudget } from './byte-budget.ts';
import { callApp } from './call-app.ts';
import { createClashDesk } from './clash-desk.ts';
import type { Deps } from './deps.ts';
import { resolveTemplate } from './destination-template.ts';
import { forgetSession } from './drive-item.ts';
import { appFailure } from './failure.ts';
import { makeItem } from './make-item.ts';
import { findSession } from './match-session.ts';
import { createNetworkGate } from './network-gate.ts';
import { createRequestSlots, requestsPerOrigin } from './request-slots.ts';
import { createSessionDesk } from './session-desk.ts';
import { sessionOf, startFileOf } from './start-item.ts';
import { createTimeSlice } from './time-slice.ts';
import type {
  Batch,
  CompleteResult,
  Destination,
  Hasher,
  ItemState,
  PickedFile,
  SignResult,
  StartResult,
  Transport,
  UploadItem,
} from './types.ts';
import { createUploadQueue, startsByLibrary, type UploadQueue } from './upload-queue.ts';
import { createUploadStore, placeOf } from './upload-store.ts';

export type CompletedListener = (item: UploadItem) => void;

/** Complete calls at once: the server asks the store eight times at once for each, and the page needs lines to the app too. */
const completesAtOnce = 3;

/** The first ones are taken in hand while the rest is still being read: two for each line to the store. */
const firstFiles = 2 * requestsPerOrigin;

/**
 * How long sent files may wait to be verified, in ms. Not while nothing follows; 250 (performance.md section 1) when few follow or half
 * of what is left is here, so that calls grow fewer as the files do; longer while many follow, whatever the speed of the line. A full
 * call waits too, up to 5 s: as long as the lines to the store are full, what verifying takes is taken from them (decision record 014).
 */
function completeWaitMs(size: number, following: number): number {
  if (following === 0) return 10;
  if (size >= maxBatch) return 5000;
  if (following <= 10 || size >= following) return 250;
  return Math.min(5000, 250 + following * 20);
}

/** The upload engine: give it files and a destination, read `snapshot()`, listen with `subscribe()`. Knows no React and no DOM. */
export function createUploadEngine(transport: Transport, hasher: Hasher, options: { pageIsHttps?: boolean } = {}) {
  const store = createUploadStore();
  const gate = createNetworkGate(transport, store.setGate);
  const slots = createRequestSlots();
  const completedListeners = new Set<CompletedListener>();
  const deps: Deps = {
    transport,
    hasher,
    store,
    gate,
    slots,
    budget: createByteBudget(),
    starts: startsByLibrary((library) =>
      createBatcher<UploadItem, StartResult>({
        max: maxBatch,
        waitMs: (_, underWay) => startWaitMs(underWay),
        send: (items) => callApp(gate, () => transport.start(library, items.map(startFileOf))),
      }),
    ),
    signs: createBatcher<string, SignResult>({
      max: maxBatch,
      waitMs: () => 20,
      send: (ids) => callApp(gate, () => transport.sign(ids)),
    }),
    completes: createBatcher<string, CompleteResult>({
      max: maxBatch,
      waitMs: (size) => completeWaitMs(size, queue.following()),
      holdFull: true,
      parallel: completesAtOnce,
      send: (ids) => callApp(gate, () => transport.complete(ids)),
    }),
    pageIsHttps: options.pageIsHttps ?? false,
  };
  const clashes = createClashDesk(deps, () => queue);
  const sessions = createSessionDesk(deps, () => queue);
  const queue: UploadQueue = createUploadQueue(deps, { onCompleted, onClash: clashes.onClash });

  /** Files are being read: more will come. */
  let adding = 0;

  /**
   * When all that is in hand is hashed and nothing is being read nobody else comes. Otherwise hurry only while the lines are empty;
   * whatever empties them asks again.
   */
  function startWaitMs(underWay: number): number {
    if (queue.unhashed() === 0 && adding === 0) return 5;
    if (underWay > 0 || slots.waitingCount() > 0) return 10_000;
    return slots.busy() === 0 ? 5 : 120;
  }

  function onCompleted(item: UploadItem) {
    store.setSent(item, item.size);
    item.file = null;
    item.parts = null;
    store.setState(item, 'done');
    for (const listener of completedListeners) listener(item);
  }

  /**
   * Enqueues files, in slices so that thousands do not freeze the page.
   * @returns how many were added
   */
  async function add(
    files: Iterable<PickedFile> | AsyncIterable<PickedFile>,
    destination: Destination,
  ): Promise<number> {
    if (store.isIdle()) clearFinished();
    const batch = store.newBatch();
    const here = store.unfinishedPlaces();
    const slice = createTimeSlice();
    let added = 0;
    adding += 1;
    store.setReading(0);
    try {
      for await (const { file, relativePath } of files) {
        addOne(batch, file, relativePath, destination, here);
        added += 1;
        store.setReading(added);
        // What is here is on its way while the rest is still being read.
        if (added === firstFiles || added % maxBatch === 0) queue.pump();
        await slice();
      }
    } finally {
      adding -= 1;
      store.setReading(null);
      queue.pump();
    }
    return added;
  }

  function addOne(batch: Batch, file: File, relativePath: string, destination: Destination, here: Set<string>) {
    const folder = destination.template ? resolveTemplate(destination.folder, file.lastModified) : destination.folder;
    const item = makeItem(batch, file, destination.library, folder + relativePath);
    // Dropped twice: the first one is on its way to that very place.
    if (here.has(placeOf(item))) return;
    here.add(placeOf(item));
    store.add(item);
    // The root prefix and the store's own limits are the server's to know; what is wrong anywhere is said at once.
    const problem = findPathProblem(item.path, { rootPrefix: '', maxSegmentBytes: null });
    if (problem) {
      item.failure = appFailure({ code: 'invalid_path', detail: problem });
      return store.setState(item, 'failed');
    }
    const known = findSession(store.sessions() ?? [], item.library, item.path, item);
    if (known?.path === item.path) {
      item.session = sessionOf(known);
      sessions.take(known);
    } else if (known && known.storedBytes > 0) {
      item.offer = known;
      return store.setState(item, 'offer');
    }
    queue.enqueue(item);
  }

  function pause(item: UploadItem) {
    if (item.state !== 'waiting' && item.state !== 'hashing' && item.state !== 'sending') return;
    store.setState(item, 'paused');
    store.showSoon();
    queue.stop(item);
  }

  function resume(item: UploadItem) {
    if (item.state !== 'paused') return;
    queue.enqueue(item, true);
    store.showSoon();
    queue.pump();
  }

  function retry(item: UploadItem) {
    if (item.state !== 'failed' || !item.file || item.failure?.canRetry === false) return;
    if (item.failure?.startAnew) {
      item.crc64nvme = null;
      forgetSession(deps, item);
    } else if (item.session) {
      item.session.checkStored = true;
    }
    queue.enqueue(item, true);
    store.showSoon();
    queue.pump();
  }

  /** Gives the file up, here and at the store. @throws ApiError when the server cannot be told */
  async function cancel(item: UploadItem): Promise<void> {
    const { session } = item;
    const finished = item.state === 'done' || item.state === 'skipped';
    store.setState(item, 'cancelled');
    queue.stop(item);
    item.file = null;
    store.remove(item.id);
    store.showSoon();
    queue.pump();
    if (session && !finished) await callApp(gate, () => transport.cancel(session.id));
  }

  /** Takes a failed file out of the list; what the store holds of it stays, to be continued. */
  function putAway(item: UploadItem) {
    if (item.state === 'failed') store.remove(item.id);
  }

  function clearFinished() {
    for (const item of [...store.items.values()])
      if (item.state === 'done' || item.state === 'skipped') store.remove(item.id);
  }

  const inState = (...states: ItemState[]) => [...store.items.values()].filter((item) => states.includes(item.state));

  return {
    add,
    pause,
    resume,
    retry,
    cancel,
    pauseAll: () => inState('waiting', 'hashing', 'sending').forEach(pause),
    resumeAll: () => inState('paused').reverse().forEach(resume),
    retryFailed: () => inState('failed').reverse().forEach(retry),
    clearFinished,
    putAway,
    decide: clashes.decide,
    answerOffer: sessions.answerOffer,
    refreshSessions: sessions.refresh,
    continueWith: sessions.continueWith,
    continueAny: sessions.continueAny,
    discard: sessions.discard,
    tryNow: gate.openNow,
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    onCompleted(listener: CompletedListener): () => void {
      completedListeners.add(listener);
      return () => completedListeners.delete(listener);
    },
  };
}
export type UploadEngine = ReturnType<typeof createUploadEngine>;
