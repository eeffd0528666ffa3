import type * as z from 'zod';
import type { ErrorCode } from '#lib/errors.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { planCounts } from './schema.ts';
import type { OperationStep } from './steps.ts';

/** One item as planned: what it does, or why it has nothing to do. */
export type PlannedItem = {
  key: string;
  path: string;
  /** Where it came from, for what moves and copies. */
  fromPath?: string;
  /** Position of the item that this one takes back, in the operation that is undone. */
  undoes?: number;
  step: OperationStep;
  /** Bytes of the file concerned. */
  bytes: number;
  state: 'pending' | 'skipped' | 'conflict';
  error: { code: ErrorCode; detail: string } | null;
  /** The source is in an archive class and may have to be thawed first. */
  archived?: boolean;
};

export type PlanCounts = z.infer<typeof planCounts>;
/** What `Operation.plan` holds. */
export type PlanSummary = {
  counts: PlanCounts;
  bytesToCopy: number;
  /** Requests to the store, looks included. */
  requests: number;
  samples: { path: string; what: string }[];
  /** The nearest folder that holds all items, or the item itself when it is one: where the operation shows in the activity. */
  scope: string;
};

const sampleCount = 5;
/** Look, act, look again, bring the index up to date; a marker is looked at once more before it goes. */
const requestsOf: Record<OperationStep['kind'], number> = {
  nothing: 0,
  'put-marker': 4,
  'remove-markers': 5,
  'copy-up': 4,
  'put-folder-marker': 3,
  'remove-folder-marker': 4,
  'copy-to': 9,
  'move-back': 11,
  'move-folder-marker': 6,
  'set-tags': 0,
  'purge-key': 4,
  'remove-versions': 4,
  'abort-upload': 2,
  reencrypt: 5,
};
const words: Record<OperationStep['kind'], string> = {
  nothing: 'Stays as it is',
  'put-marker': 'Goes to the trash',
  'remove-markers': 'Comes back from the trash',
  'copy-up': 'Gets a new version with the bytes of the older one',
  'put-folder-marker': 'Folder is made',
  'remove-folder-marker': 'Empty folder is taken away',
  'copy-to': 'Goes to its new place',
  'move-back': 'Goes back to its old place',
  'move-folder-marker': 'Folder goes along',
  'set-tags': 'Gets its tags changed',
  'purge-key': 'Is deleted for ever',
  'remove-versions': 'Old versions are deleted for ever',
  'abort-upload': 'Parts of an unfinished upload are deleted',
  reencrypt: 'Is encrypted anew where it differs',
};
const wordsOf = (step: OperationStep) =>
  step.kind === 'copy-up' && step.storageClass
    ? `Gets a new version in ${nameOfClass(step.storageClass)}`
    : words[step.kind];
const copies = new Set<OperationStep['kind']>(['copy-up', 'copy-to', 'reencrypt']);
const ofFolders = new Set<OperationStep['kind']>(['put-folder-marker', 'remove-folder-marker', 'move-folder-marker']);

/** Counts what a plan will do. `unchanged` has nothing to do, `unavailable` cannot be done because the content is gone. */
export function summarisePlan(items: PlannedItem[]): PlanSummary {
  const counts: PlanCounts = {
    unchanged: 0,
    copy: 0,
    addMarker: 0,
    removeMarker: 0,
    folder: 0,
    tag: 0,
    purge: 0,
    thaw: 0,
    unavailable: 0,
    conflict: 0,
  };
  let bytesToCopy = 0;
  let requests = 0;
  for (const item of items) {
    if (item.state === 'skipped') counts.unchanged += 1;
    else if (item.state === 'conflict') counts[item.error?.code === 'not_found' ? 'unavailable' : 'conflict'] += 1;
    else {
      requests += requestsOf[item.step.kind];
      if (item.archived) counts.thaw += 1;
      const { step } = item;
      if (copies.has(step.kind)) {
        counts.copy += 1;
        bytesToCopy += item.bytes;
      }
      if (step.kind === 'put-marker' || step.kind === 'move-back' || (step.kind === 'copy-to' && step.move))
        counts.addMarker += 1;
      if (step.kind === 'remove-markers' || step.kind === 'move-back') counts.removeMarker += 1;
      if (ofFolders.has(step.kind)) counts.folder += 1;
      if (step.kind === 'set-tags') counts.tag += 1;
      if (step.kind === 'purge-key' || step.kind === 'abort-upload') counts.purge += 1;
      if (step.kind === 'remove-versions') counts.purge += step.versions.length;
    }
  }
  const samples = items
    .slice(0, sampleCount)
    .map((item) => ({ path: item.path, what: item.error?.detail ?? wordsOf(item.step) }));
  const places = items.flatMap((item) => (item.fromPath === undefined ? item.path : [item.fromPath, item.path]));
  return { counts, bytesToCopy, requests, samples, scope: commonScope([...new Set(places)]) };
}

/** The path itself for one, else the longest folder that all paths lie in. Paths in any order. */
export function commonScope(paths: string[]): string {
  const [first = '', ...rest] = paths;
  if (rest.length === 0) return first;
  let end = first.length;
  for (const path of rest) {
    let at = 0;
    while (at < end && path[at] === first[at]) at += 1;
    end = at;
  }
  return first.slice(0, first.lastIndexOf('/', end - 1) + 1);
}

/** Items in the order of their keys in bytes, each key once: locks and journals follow it. */
export function inKeyOrder<T extends { key: string }>(items: T[]): T[] {
  return sortByKey([...new Map(items.map((item) => [item.key, item])).values()]);
}

/** The same where two items may have one key: of two files for one place, the second is a conflict. */
export function sortByKey<T extends { key: string }>(items: T[]): T[] {
  return [...items].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}
