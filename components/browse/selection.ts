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
type Known = Pick<Listing, 'at' | 'indexOf' | 'count' | 'folders'>;

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

/** Drops what is no longer listed, brings the rest up to date, and keeps the place of the keyboard near where it was. */
export function pruneSelection(now: Selection, before: Known, after: Known): Selection {
  const entries = new Map<string, Entry>();
  let changed = false;
  for (const [key, entry] of now.entries) {
    const index = after.indexOf(key);
    const fresh = index === -1 ? undefined : after.at(index);
    const was = before.indexOf(key);
    // Gone only where the page knows what is there now; far away it may be there as before.
    const gone = index === -1 && (was === -1 ? false : was >= after.count || after.at(was) !== undefined);
    if (!gone) entries.set(key, fresh ?? entry);
    if (gone || (fresh && fresh !== entry)) changed = true;
  }
  const anchor = movePlace(now.anchor, before, after, false);
  const focus = movePlace(now.focus, before, after, true);
  // The places of a pending range mean other entries now.
  const pending = now.pending && after.count === before.count ? now.pending : null;
  if (!changed && anchor === now.anchor && focus === now.focus && pending === now.pending) return now;
  return { ...now, entries: changed ? entries : now.entries, pending, anchor, focus };
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
