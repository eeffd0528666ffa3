import type { Entry } from '#lib/assets/schema.ts';
import { entryKey } from './entry-key.ts';
import type { Listing } from './listing.ts';

/** A place in the list. The key is null while its entry is not known; it survives changes, the index does not. */
export type Place = { key: string | null; index: number };

/**
 * What is chosen and where the keyboard is. Pure: the screen keeps it, lists and grids draw it.
 * A row asks with its key and place, so that a range of thousands costs nothing to draw, also while its entries are still being read.
 */
export type Selection = {
  /** With `whole`: what is not chosen. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Every file of the folder. */
  readonly whole: boolean;
  /** All that was known was chosen by "select all", so that the rest is offered as a next step. */
  readonly allKnown: boolean;
  /** Chosen places whose entries are on their way. */
  readonly pending: { from: number; to: number } | null;
  /** Where a range starts. */
  readonly anchor: Place | null;
  readonly focus: Place | null;
};

export const nothingSelected: Selection = {
  entries: new Map(),
  whole: false,
  allKnown: false,
  pending: null,
  anchor: null,
  focus: null,
};

/** What one operation takes at most (lib/operations/schema.ts); a longer range ends here. */
export const mostInRange = 10_000;

export type SelectHow = 'only' | 'toggle' | 'range' | 'focus';
type Known = Pick<Listing, 'at' | 'indexOf' | 'count' | 'folders' | 'blocks'>;

/** Ctrl or Command adds, Shift takes the range, else this one alone. */
export function howOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): 'only' | 'toggle' | 'range' {
  return event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

export function isSelected(
  { entries, whole, pending }: Selection,
  key: string | null,
  index: number,
  folders: number,
): boolean {
  if (whole) return index >= folders && (key === null || !entries.has(key));
  if (pending && index >= pending.from && index <= pending.to) return true;
  return key !== null && entries.has(key);
}

export function countSelected(
  { entries, whole, pending }: Selection,
  { count, folders, scope }: Pick<Listing, 'count' | 'folders' | 'scope'>,
): number {
  if (whole) return (scope?.total ?? count - folders) - entries.size;
  return pending ? pending.to - pending.from + 1 : entries.size;
}

/**
 * What "all" is, and whether only a query can say it: what is not even known by its places (the rest of a search), or more than an
 * operation takes by ids. A query means files.
 */
export function allOf({ count, folders, scope }: Pick<Listing, 'count' | 'folders' | 'scope'>): {
  count: number;
  asQuery: boolean;
} {
  const asQuery = scope !== null && (folders + scope.total > count || count > mostInRange);
  return asQuery ? { count: scope.total, asQuery } : { count, asQuery };
}

/** @param listing what is listed, in the order shown */
export function planSelection(now: Selection, listing: Known, index: number, how: SelectHow): Selection {
  const entry = listing.at(index);
  const place: Place = { key: entry ? entryKey(entry) : null, index };
  const one = (): Selection => ({
    ...nothingSelected,
    entries: mapOf(entry ? [entry] : []),
    anchor: place,
    focus: place,
  });
  switch (how) {
    case 'focus':
      return { ...now, focus: place };
    case 'only':
      return one();
    case 'toggle': {
      if (!entry) return { ...now, focus: place };
      // The exceptions of "all files" are files.
      if (now.whole && entry.type === 'folder') return { ...now, focus: place };
      const entries = new Map(now.entries);
      if (!entries.delete(entryKey(entry))) entries.set(entryKey(entry), entry);
      return { ...now, entries, allKnown: false, pending: null, anchor: place, focus: place };
    }
    case 'range': {
      const from = now.anchor === null ? -1 : indexOfPlace(now.anchor, listing);
      if (from === -1) return one();
      const to = from < index ? Math.min(index, from + mostInRange - 1) : Math.max(index, from - mostInRange + 1);
      return { ...selectRange(listing, Math.min(from, to), Math.max(from, to)), anchor: now.anchor, focus: place };
    }
  }
}

/** Every entry between two places, both included. What is not known yet is pending. */
export function selectRange(listing: Known, from: number, to: number): Selection {
  const entries: Entry[] = [];
  for (let index = from; index <= to; index++) {
    const entry = listing.at(index);
    if (entry) entries.push(entry);
  }
  const pending = entries.length < to - from + 1 ? { from, to } : null;
  return { ...nothingSelected, entries: mapOf(entries), pending };
}

export function mapOf(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entryKey(entry), entry]));
}

/** Where a place is now; -1 when its entry went. */
export function indexOfPlace({ key, index }: Place, listing: Known): number {
  if (key === null) return index < listing.count ? index : -1;
  const found = listing.indexOf(key);
  if (found !== -1) return found;
  // Not among those that are known: it may still be where it was.
  return index < listing.count && listing.at(index) === undefined ? index : -1;
}

/**
 * Drops what is no longer listed, brings the rest up to date, and keeps the place of the keyboard near where it was. Only what was read anew
 * since is looked at: with thousands chosen, and thousands known, all of them would take longer than a frame.
 */
export function pruneSelection(now: Selection, before: Known, after: Known): Selection {
  let entries: Map<string, Entry> | null = null;
  if (now.entries.size > 0) {
    const kept = readParts(after);
    for (const part of readParts(before)) {
      if (kept.has(part)) continue;
      for (const entry of part) {
        const key = entryKey(entry);
        if (!now.entries.has(key) || after.indexOf(key) !== -1) continue;
        const was = before.indexOf(key);
        // Gone only where the page knows what is there now; far away it may be there as before.
        if (was < after.count && after.at(was) === undefined) continue;
        entries ??= new Map(now.entries);
        entries.delete(key);
      }
    }
    const old = readParts(before);
    for (const part of kept) {
      if (old.has(part)) continue;
      for (const entry of part) {
        const key = entryKey(entry);
        const known = now.entries.get(key);
        if (!known || known === entry) continue;
        entries ??= new Map(now.entries);
        entries.set(key, entry);
      }
    }
  }
  const anchor = movePlace(now.anchor, before, after, false);
  const focus = movePlace(now.focus, before, after, true);
  if (now.pending && after.count !== before.count) return takeAgain(after, anchor, focus);
  if (!entries && anchor === now.anchor && focus === now.focus) return now;
  return { ...now, entries: entries ?? now.entries, anchor, focus };
}

/** A range whose entries are still on their way while its places have come to mean others: between the same ends, else nothing. Never a part. */
function takeAgain(listing: Known, anchor: Place | null, focus: Place | null): Selection {
  const from = anchor === null ? -1 : indexOfPlace(anchor, listing);
  if (from === -1 || focus === null) return { ...nothingSelected, focus };
  return planSelection({ ...nothingSelected, anchor, focus }, listing, focus.index, 'range');
}

/** What a listing knows, as it was read. */
function readParts({ blocks }: Known): Set<readonly Entry[]> {
  return new Set(blocks.flatMap(({ entries }) => (entries ? [entries] : [])));
}

/** @param near whether the next entry that is still there will do, else the one before */
function movePlace(place: Place | null, before: Known, after: Known, near: boolean): Place | null {
  if (place === null) return null;
  const index = indexOfPlace(place, after);
  if (index !== -1) return index === place.index ? place : { ...place, index };
  if (!near || after.count === 0) return null;
  for (const step of [1, -1]) {
    for (let at = place.index + step; at >= 0 && at < before.count; at += step) {
      const entry = before.at(at);
      if (!entry) break;
      const found = after.indexOf(entryKey(entry));
      if (found !== -1) return { key: entryKey(entry), index: found };
    }
  }
  return null;
}
