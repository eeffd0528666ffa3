import type { FateEvent, FateKey } from './plan-fates.ts';
import { DAY } from './plan-fates.ts';

/** Days from now at which a dry run counts; 0 is the next daily run. */
export const horizons = [0, 30, 90, 365] as const;

/** A file is counted once however many of its versions there are; `bytes` are those of the versions. */
export type Amount = { files: number; versions: number; bytes: number };
/** What has happened up to each horizon, in the order of `horizons`. */
export type Amounts = Amount[];

export type DryRunTally = {
  /** To each class, by its S3 name. */
  moved: Record<string, Amounts>;
  /** Live files that get a delete marker. */
  expired: Amounts;
  /** Versions that are destroyed. */
  removed: Amounts;
  /** Lonely delete markers that go. */
  markers: Amounts;
};

export type DryRunSample = {
  path: string;
  versionId: string | null;
  ruleId: string;
  action: FateEvent['action'];
  to: string | null;
  /** ms since 1970 */
  at: number;
  bytes: number;
};

export type DryRunCount = {
  all: DryRunTally;
  /** By rule id. Rules that do nothing in a year are missing. */
  rules: Record<string, DryRunTally>;
  /** A few of each rule and action, the first that were met. */
  samples: DryRunSample[];
  scanned: { keys: number; versions: number; bytes: number };
};

const SAMPLES = 3;

const none = (): Amounts => horizons.map(() => ({ files: 0, versions: 0, bytes: 0 }));

export function emptyTally(): DryRunTally {
  return { moved: {}, expired: none(), removed: none(), markers: none() };
}

export function emptyCount(): DryRunCount {
  return { all: emptyTally(), rules: {}, samples: [], scanned: { keys: 0, versions: 0, bytes: 0 } };
}

/**
 * Adds what will happen to one key to a running count.
 * @param from the first run, ms since 1970: horizon 0
 */
export function countFates(count: DryRunCount, { key, versions }: FateKey, events: FateEvent[], from: number): void {
  const sizes = new Map(versions.map(({ versionId, size }) => [versionId, size]));
  count.scanned.keys += 1;
  count.scanned.versions += versions.length;
  for (const size of sizes.values()) count.scanned.bytes += size;
  /** Where this key is counted as a file already. */
  const counted = new Set<Amount>();
  for (const event of events) {
    const bytes = sizes.get(event.versionId ?? '') ?? 0;
    count.rules[event.ruleId] ??= emptyTally();
    for (const tally of [count.all, count.rules[event.ruleId] as DryRunTally]) {
      const amounts = amountsOf(tally, event);
      horizons.forEach((days, index) => {
        const amount = amounts[index];
        if (!amount || event.at > from + days * DAY) return;
        if (!counted.has(amount)) amount.files += 1;
        counted.add(amount);
        amount.versions += 1;
        amount.bytes += bytes;
      });
    }
    addSample(count.samples, key, event, bytes);
  }
}

function amountsOf(tally: DryRunTally, event: FateEvent): Amounts {
  if (event.action === 'expire') return tally.expired;
  if (event.action === 'remove') return tally.removed;
  if (event.action === 'remove-marker') return tally.markers;
  tally.moved[event.to] ??= none();
  return tally.moved[event.to] as Amounts;
}

function addSample(samples: DryRunSample[], path: string, event: FateEvent, bytes: number): void {
  const to = event.action === 'move' ? event.to : null;
  const alike = samples.filter((one) => one.ruleId === event.ruleId && one.action === event.action && one.to === to);
  if (alike.length >= SAMPLES) return;
  samples.push({
    path,
    versionId: event.versionId,
    ruleId: event.ruleId,
    action: event.action,
    to,
    at: event.at,
    bytes,
  });
}

/** The sum of two counts of different keys: a dry run of a large library comes in parts. Safe in a browser. */
export function addCounts(a: DryRunCount, b: DryRunCount): DryRunCount {
  const sum = emptyCount();
  for (const part of [a, b]) {
    addTally(sum.all, part.all);
    for (const [id, tally] of Object.entries(part.rules)) {
      sum.rules[id] ??= emptyTally();
      addTally(sum.rules[id] as DryRunTally, tally);
    }
    for (const sample of part.samples) {
      const alike = sum.samples.filter(
        (one) => one.ruleId === sample.ruleId && one.action === sample.action && one.to === sample.to,
      );
      if (alike.length < SAMPLES) sum.samples.push(sample);
    }
    sum.scanned.keys += part.scanned.keys;
    sum.scanned.versions += part.scanned.versions;
    sum.scanned.bytes += part.scanned.bytes;
  }
  return sum;
}

/** Adds what other keys, or another rule, come to. */
export function addTally(into: DryRunTally, from: DryRunTally): void {
  const add = (a: Amounts, b: Amounts) =>
    b.forEach((amount, index) => {
      const target = a[index];
      if (!target) return;
      target.files += amount.files;
      target.versions += amount.versions;
      target.bytes += amount.bytes;
    });
  add(into.expired, from.expired);
  add(into.removed, from.removed);
  add(into.markers, from.markers);
  for (const [name, amounts] of Object.entries(from.moved)) {
    into.moved[name] ??= none();
    add(into.moved[name] as Amounts, amounts);
  }
}
