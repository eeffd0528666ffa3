import type { StoreEvent } from './parse-events.ts';
import { countOutcomes, type EventsTaken, judgeEvents } from './take-events.ts';

type Request = { events: StoreEvent[]; resolve: (taken: EventsTaken) => void; reject: (error: unknown) => void };

/** Events in one transaction at most. */
const batchLimit = 500;
const waiting = new Map<bigint, Request[]>();
const busy = new Set<bigint>();

/**
 * `takeEvents` for a store that sends one request an event, as MinIO does: the requests that come while a batch is written are written
 * together as the next one, so a thousand uploads cost a few dozen transactions. Alone, a request waits for nothing. Each is answered
 * when its own events are committed.
 * @throws AppError database_unavailable, to every request of the batch
 */
export function gatherEvents(storeId: bigint, events: StoreEvent[]): Promise<EventsTaken> {
  return new Promise((resolve, reject) => {
    waiting.set(storeId, [...(waiting.get(storeId) ?? []), { events, resolve, reject }]);
    if (!busy.has(storeId)) void drain(storeId);
  });
}

async function drain(storeId: bigint): Promise<void> {
  busy.add(storeId);
  for (let batch = nextBatch(storeId); batch.length > 0; batch = nextBatch(storeId)) {
    try {
      const outcomes = await judgeEvents(
        batch.flatMap((request) => request.events),
        'webhook',
        { storeId },
      );
      let at = 0;
      for (const { events, resolve } of batch) {
        resolve(countOutcomes(outcomes.slice(at, at + events.length)));
        at += events.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  busy.delete(storeId);
}

/** Whole requests, the first one whatever its length. */
function nextBatch(storeId: bigint): Request[] {
  const all = waiting.get(storeId) ?? [];
  let taken = 0;
  let length = 0;
  for (const { events } of all) {
    if (taken > 0 && length + events.length > batchLimit) break;
    taken += 1;
    length += events.length;
  }
  if (taken === all.length) waiting.delete(storeId);
  else waiting.set(storeId, all.slice(taken));
  return all.slice(0, taken);
}
