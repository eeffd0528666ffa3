import { hash } from 'node:crypto';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { KnownKey } from '../reconcile/plan-merge-join.ts';
import { describeListed, parseFacts } from '../reconcile/version-facts.ts';

/** What lies on one side: keys, versions with delete markers, bytes of all versions, and a checksum over all that is compared. */
export type Side = { keys: number; versions: number; bytes: number; sum: bigint };
export type Sides = { bucket: Side; index: Side };
/** Both sides of a window as a whole, and folder by folder (what lies directly in it). */
export type Tally = Sides & { folders: Map<string, Sides> };

export type Compared = {
  listed: { path: string; versions: ListedVersion[] }[];
  known: KnownKey[];
  /** Taken before the listing began: what the index learned later is not held against it. */
  ticket: bigint;
  /** Keys that no listing showed, and what a look at each found. Others that were not listed are there: hidden by a file, for one. */
  lookedAt: Map<string, ListedVersion[]>;
};

const modulus = 1n << 64n;
const emptySide = (): Side => ({ keys: 0, versions: 0, bytes: 0, sum: 0n });

export const emptyTally = (): Tally => ({ bucket: emptySide(), index: emptySide(), folders: new Map() });

/**
 * Counts a window of the bucket and the same window of the index, independently of which of their keys were found to differ. The checksum of
 * a side is the sum of 64-bit hashes of its keys, so that windows and shards may be added up in any order.
 */
export function tallyWindow(tally: Tally, compared: Compared): void {
  const inIndex = new Map(compared.known.map((key) => [key.path, key]));
  const inBucket = new Map(
    compared.listed.map(({ path, versions }) => [path, describeKey(path, versions, inIndex.get(path))]),
  );
  const inBoth = new Map<string, Weighed>();
  for (const key of compared.known) {
    const text = describeKnown(key);
    const looked = compared.lookedAt.get(key.path);
    if (looked) inBucket.set(key.path, describeKey(key.path, looked, key));
    else if (key.appliedTicket > compared.ticket || !inBucket.has(key.path)) inBucket.set(key.path, text);
    const weighed = weigh(key.path, text);
    add(tally, 'index', key.path, weighed);
    const there = inBucket.get(key.path);
    // The same text weighs the same: no second hash.
    if (there?.facts === text.facts && there.rest === text.rest) inBoth.set(key.path, weighed);
  }
  for (const [path, text] of inBucket) add(tally, 'bucket', path, inBoth.get(path) ?? weigh(path, text));
}

/** Everything about a key that a comparison asks: versions, what is shown of it, and the marker of a folder. */
type Text = { facts: string; rest: string };

function describeKnown({ facts, shown, marker }: KnownKey): Text {
  const there = shown !== null && facts !== '';
  return { facts, rest: [there ? `${shown.state} ${shown.size} ${shown.versionId}` : '', marker ?? ''].join('|') };
}

function describeKey(path: string, versions: ListedVersion[], known: KnownKey | undefined): Text {
  const top = versions[0];
  const marker = path.endsWith('/') && top && !top.isDeleteMarker ? top.versionId : '';
  // An empty object whose key ends in "/" is a folder and no asset, unless it was one before.
  const isFolder = path.endsWith('/') && !known?.shown && versions.every((version) => version.size === 0);
  if (isFolder || versions.length === 0) return { facts: '', rest: `|${marker}` };
  const content = versions.find((version) => !version.isDeleteMarker);
  const state = !content ? 'gone' : top?.isDeleteMarker ? 'trashed' : 'live';
  // A key of which only markers are left shows what it last was; there is nothing to compare that with.
  const shown = content
    ? `${state} ${content.size} ${content.versionId}`
    : ((known?.shown && `${known.shown.state} ${known.shown.size} ${known.shown.versionId}`) ?? '');
  return { facts: describeListed(versions), rest: `${shown}|${marker}` };
}

type Weighed = Side | null;

/** One key as a side of its own; null: there is nothing. */
function weigh(path: string, { facts, rest }: Text): Weighed {
  if (facts === '' && rest === '|') return null;
  const versions = parseFacts(facts);
  return {
    keys: 1,
    versions: facts === '' ? 1 : versions.length,
    bytes: versions.reduce((total, version) => total + version.size, 0),
    sum: hash('sha256', `${path}\n${facts}\n${rest}`, 'buffer').readBigUInt64BE(0),
  };
}

function add(tally: Tally, side: 'bucket' | 'index', path: string, weighed: Weighed): void {
  if (!weighed) return;
  const folder = parentFolder(path);
  let sides = tally.folders.get(folder);
  if (!sides) {
    sides = { bucket: emptySide(), index: emptySide() };
    tally.folders.set(folder, sides);
  }
  for (const one of [tally[side], sides[side]]) {
    one.keys += weighed.keys;
    one.versions += weighed.versions;
    one.bytes += weighed.bytes;
    one.sum = (one.sum + weighed.sum) % modulus;
  }
}
