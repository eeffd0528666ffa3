import type { GateState } from './network-gate.ts';
import { createSpeedMeter, planTimeLeft } from './progress.ts';
import type { Batch, ItemState, OpenSession, UploadItem } from './types.ts';

/**
 * At most ten publications a second (DESIGN section 9), so that what a person does shows at once; four for bytes alone, and two while so
 * many files move that no row can be followed anyway: drawing takes from the processors that hash and send.
 */
const publishEveryMs = 100;
const publishBytesEveryMs = 250;
const publishManyEveryMs = 500;
const many = 50;

const none: readonly UploadItem[] = [];

export type UploadGroups = {
  failed: readonly UploadItem[];
  sending: readonly UploadItem[];
  waiting: readonly UploadItem[];
  done: readonly UploadItem[];
};

/** What the panel shows. The items in it are live records: read them, never write. */
export type UploadSnapshot = {
  revision: number;
  groups: UploadGroups;
  /** Files that a person must decide about before they are sent, and files that match an unfinished upload elsewhere. */
  clashes: readonly UploadItem[];
  offers: readonly UploadItem[];
  total: number;
  done: number;
  failed: number;
  paused: number;
  bytesTotal: number;
  bytesSent: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  /** Bytes move, or will without anyone doing anything: leaving the page would stop them. */
  moving: boolean;
  /** Nothing is left to do. */
  idle: boolean;
  gate: GateState;
  /** Files read so far while a drop is being read; null otherwise. */
  reading: number | null;
  /** Unfinished uploads of the past that no tab is sending. Null until asked for. */
  sessions: readonly OpenSession[] | null;
};

const groupOf: Record<ItemState, keyof UploadGroups | null> = {
  failed: 'failed',
  clash: 'failed',
  offer: 'failed',
  sending: 'sending',
  verifying: 'sending',
  hashing: 'waiting',
  waiting: 'waiting',
  paused: 'waiting',
  done: 'done',
  skipped: 'done',
  cancelled: null,
};

export const emptySnapshot: UploadSnapshot = {
  revision: 0,
  groups: { failed: [], sending: [], waiting: [], done: [] },
  clashes: none,
  offers: none,
  total: 0,
  done: 0,
  failed: 0,
  paused: 0,
  bytesTotal: 0,
  bytesSent: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  moving: false,
  idle: true,
  gate: null,
  reading: null,
  sessions: null,
};

/** Holds the items outside React and publishes a summary of them at most ten times a second. */
export function createUploadStore() {
  const items = new Map<number, UploadItem>();
  const listeners = new Set<() => void>();
  const meter = createSpeedMeter();
  let snapshot = emptySnapshot;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = 0;
  let lastPublishedAt = Number.NEGATIVE_INFINITY;
  let regroup = false;
  let active = 0;
  /** Bytes that went over the wire, resent ones included; never falls. */
  let wireBytes = 0;
  let nextBatch = 1;
  const outside = { gate: null as GateState, reading: null as number | null, sessions: null as OpenSession[] | null };

  function publish() {
    timer = undefined;
    lastPublishedAt = performance.now();
    const next = { ...snapshot, ...outside, revision: snapshot.revision + 1 };
    if (regroup) {
      const { active: nowActive, ...shown } = groupItems(items.values());
      Object.assign(next, shown);
      active = nowActive;
      regroup = false;
    }
    // While the network is away nothing moves, and leaving the page stops nothing.
    next.moving = active > 0 && !outside.gate;
    let sent = 0;
    for (const item of items.values()) if (counts(item)) sent += item.sent;
    next.bytesSent = sent;
    next.bytesPerSecond = next.moving ? meter.sample(lastPublishedAt, wireBytes) : 0;
    if (!next.moving) meter.reset();
    next.secondsLeft = planTimeLeft(next.bytesTotal - sent, next.bytesPerSecond);
    snapshot = next;
    for (const listener of listeners) listener();
    // While bytes move the speed changes even when nothing arrives.
    if (next.moving || next.gate) publishAt(lastPublishedAt + 1000);
  }

  function publishAt(at: number) {
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(publish, Math.max(0, at - performance.now()));
  }

  function changed(everyMs = publishEveryMs) {
    publishWithin(active > many ? publishManyEveryMs : everyMs);
  }

  function publishWithin(ms: number) {
    const due = lastPublishedAt + ms;
    // Setting a timer for each of thousands of events costs more than what they tell.
    if (timer === undefined || timerAt > due) publishAt(due);
  }

  return {
    items,
    add(item: UploadItem) {
      items.set(item.id, item);
      regroup = true;
      changed();
    },
    remove(id: number) {
      regroup = items.delete(id) || regroup;
      changed();
    },
    setState(item: UploadItem, state: ItemState) {
      if (item.state === state) return;
      item.state = state;
      regroup = true;
      changed();
    },
    setSent(item: UploadItem, bytes: number) {
      const grown = bytes - item.sent;
      if (grown > 0) wireBytes += grown;
      item.sent = bytes;
      changed(publishBytesEveryMs);
    },
    setGate(gate: GateState) {
      outside.gate = gate;
      changed();
    },
    setReading(reading: number | null) {
      outside.reading = reading;
      changed();
    },
    setSessions(sessions: OpenSession[]) {
      outside.sessions = sessions;
      changed();
    },
    sessions: () => outside.sessions,
    newBatch: (): Batch => ({ id: nextBatch++, policy: 'ask' }),
    /** What is on its way to where, so that a second drop of the same files adds nothing. */
    unfinishedPlaces(): Set<string> {
      const places = new Set<string>();
      for (const item of items.values())
        if (item.state !== 'done' && item.state !== 'skipped' && item.state !== 'failed') places.add(placeOf(item));
      return places;
    },
    /** Nothing is left to do, asked of the items themselves: a snapshot may be 100 ms old. */
    isIdle: () => groupItems(items.values()).idle,
    /** Something in an item changed that is not its state. */
    touch: () => changed(),
    /** A person did something: it shows at once, however many files move. */
    showSoon: () => publishWithin(publishEveryMs),
    snapshot: () => snapshot,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
export type UploadStore = ReturnType<typeof createUploadStore>;

/** The same file to the same path. */
export const placeOf = (item: UploadItem) => `${item.library}/${item.path}/${item.size}/${item.lastModified}`;

const counts = (item: UploadItem) => item.state !== 'skipped' && item.state !== 'cancelled';

/** The same array each time while there are none: whoever shows them is not drawn again. */
const orNone = (items: readonly UploadItem[]) => (items.length > 0 ? items : none);

function groupItems(items: Iterable<UploadItem>) {
  const groups = { failed: [], sending: [], waiting: [], done: [] } as Record<keyof UploadGroups, UploadItem[]>;
  const clashes: UploadItem[] = [];
  const offers: UploadItem[] = [];
  let total = 0;
  let done = 0;
  let failed = 0;
  let paused = 0;
  let bytesTotal = 0;
  let active = 0;
  for (const item of items) {
    const group = groupOf[item.state];
    if (group) groups[group].push(item);
    if (!counts(item)) continue;
    total += 1;
    bytesTotal += item.size;
    if (item.state === 'done') done += 1;
    else if (item.state === 'failed') failed += 1;
    else if (item.state === 'paused') paused += 1;
    else if (item.state === 'clash') clashes.push(item);
    else if (item.state === 'offer') offers.push(item);
    else active += 1;
  }
  const idle = active === 0 && paused === 0 && clashes.length === 0 && offers.length === 0;
  return {
    groups,
    clashes: orNone(clashes),
    offers: orNone(offers),
    total,
    done,
    failed,
    paused,
    bytesTotal,
    active,
    idle,
  };
}
