import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreEvent } from './parse-events.ts';
import { countOutcomes, type EventsTaken, judgeEvents } from './take-events.ts';

/** Who sends: `name` tells senders apart, so that one question about a sender answers all that it sent meanwhile. */
export type EventSender = {
  name: string;
  /** @throws AppError when the sender is not let in */
  findStore: () => Promise<bigint>;
};
type Request = { events: StoreEvent[]; resolve: (taken: EventsTaken) => void; reject: (error: unknown) => void };

/** Events in one transaction at most. */
const batchLimit = 500;
/** Milliseconds to the next batch when others came with this one or meanwhile: a store that sends side by side has more on the way. */
const companyMs = 30;
/** Events remembered, about 5 MB; the oldest are forgotten first. */
const mostRemembered = 20_000;

const waiting = new Map<string, Request[]>();
const busy = new Set<string>();
/** Who told an event that this process has committed. */
const committed = new Map<string, string>();

/**
 * `takeEvents` for a store that sends one request an event, as MinIO does: the requests that come while a batch is written are written
 * together as the next one, so a thousand uploads cost a few dozen transactions. Alone, a request waits for nothing. Each is answered
 * when its own events are committed; what the same sender told before is answered as known, without asking the database.
 * @throws AppError database_unavailable, or what `findStore` throws, to every request of the batch
 */
export function gatherEvents(sender: EventSender, events: StoreEvent[]): Promise<EventsTaken> {
  if (events.length > 0 && events.every((event) => committed.get(nameOf(event) ?? '') === sender.name))
    return Promise.resolve({ accepted: 0, known: events.length, ignored: 0 });
  return new Promise((resolve, reject) => {
    const queue = waiting.get(sender.name);
    if (queue) queue.push({ events, resolve, reject });
    else waiting.set(sender.name, [{ events, resolve, reject }]);
    if (!busy.has(sender.name)) void drain(sender);
  });
}

async function drain(sender: EventSender): Promise<void> {
  busy.add(sender.name);
  for (let batch = nextBatch(sender.name); batch.length > 0; batch = nextBatch(sender.name)) {
    try {
      const events = batch.flatMap((request) => request.events);
      const outcomes = await judgeEvents(events, 'webhook', { storeId: await sender.findStore() });
      for (const [i, event] of events.entries()) if (outcomes[i] !== 'ignored') remember(event, sender.name);
      let at = 0;
      for (const { events: own, resolve } of batch) {
        resolve(countOutcomes(outcomes.slice(at, at + own.length)));
        at += own.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    if (batch.length > 1 || waiting.has(sender.name)) await sleep(companyMs);
  }
  busy.delete(sender.name);
}

/** Whole requests, the first one whatever its length. */
function nextBatch(name: string): Request[] {
  const all = waiting.get(name) ?? [];
  let taken = 0;
  let length = 0;
  for (const { events } of all) {
    if (taken > 0 && length + events.length > batchLimit) break;
    taken += 1;
    length += events.length;
  }
  if (taken === all.length) waiting.delete(name);
  else waiting.set(name, all.slice(taken));
  return all.slice(0, taken);
}

/** Null where the same words may tell of two things: the `null` version changes under one id, and so does what has none. */
function nameOf({ bucket, key, versionId, kind }: StoreEvent): string | null {
  if (versionId === null || versionId === 'null' || kind === 'changed') return null;
  return JSON.stringify([bucket, key, versionId, kind]);
}

function remember(event: StoreEvent, sender: string): void {
  const name = nameOf(event);
  if (name === null) return;
  committed.set(name, sender);
  if (committed.size > mostRemembered) committed.delete(committed.keys().next().value as string);
}
