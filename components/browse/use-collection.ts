'use client';

import { useCallback, useEffect, useInsertionEffect, useMemo, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { formatCount } from '#components/ui/format.ts';
import type { Entry } from '#lib/assets/schema.ts';
import type { Chosen } from './actions/action.ts';
import { entryKey } from './entry-key.ts';
import type { Listing } from './listing.ts';
import {
  allOf,
  countSelected,
  indexOfPlace,
  isSelected,
  mapOf,
  mostInRange,
  nothingSelected,
  planSelection,
  pruneSelection,
  type SelectHow,
  type Selection,
  selectRange,
} from './selection.ts';

export type Collection = {
  listing: Listing;
  selection: Selection;
  chosen: Chosen;
  /** The place that Tab reaches: where the keyboard was, else the first; -1 in an empty list. */
  tabStop: number;
  isSelected: (index: number) => boolean;
  /** These stay the same while the folder does. */
  select: (index: number, how: SelectHow) => void;
  selectKey: (key: string, how: SelectHow) => void;
  selectEntries: (entries: readonly Entry[]) => void;
  /** Everything that is known, as Ctrl+A does. */
  all: () => void;
  /** Every entry up to what one operation takes; more than that: every file, as one query. */
  whole: () => void;
  clear: () => void;
  /** Moves the keyboard to a place: scrolls there and, once it is drawn, gives it focus. `how` chooses it on the way. */
  goTo: (index: number, how?: SelectHow) => void;
  focusEntry: (key: string) => void;
  /** What waits for focus: a key, or a place whose entry is not known yet. */
  wish: Wish | null;
  granted: () => void;
};
export type Wish = { key: string | null; index: number; how: SelectHow | null };

/** Selection and keyboard place over the entries of a folder. Survives a new order and a change of view. */
export function useCollection(listing: Listing, folder: string): Collection {
  const [selection, setSelection] = useState(nothingSelected);
  const [wish, setWish] = useState<Wish | null>(null);
  const latest = useRef(listing);
  // Before any layout effect, those of the rows included, which come first.
  useInsertionEffect(() => {
    latest.current = listing;
  });

  const before = useRef(listing);
  useEffect(() => {
    const old = before.current;
    before.current = listing;
    if (old === listing) return;
    setSelection((now) => {
      const next = pruneSelection(now, old, listing);
      // The row that had focus went, and took it along.
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && next.focus !== null && next.focus.key !== now.focus?.key) setWish({ ...next.focus, how: null });
      return next;
    });
  }, [listing]);

  usePendingRange(selection, listing, setSelection);
  const count = countSelected(selection, listing);
  const counted = useRef(0);
  useEffect(() => {
    if (count !== counted.current && (count > 1 || counted.current > 1)) {
      announce(count === 0 ? 'Nothing selected' : `${formatCount(count)} selected`);
    }
    counted.current = count;
  }, [count]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder begins with nothing selected
  useEffect(() => () => setSelection(nothingSelected), [folder]);

  const moves = useMemo(() => makeMoves(latest, setSelection, setWish), []);
  // Single ones stay the same while others are read.
  const all = selection.whole ? listing : null;
  const chosen = useMemo((): Chosen => {
    const named = [...selection.entries.values()];
    if (all === null) return { count, entries: named, whole: null };
    const entries: Entry[] = [];
    for (const block of all.blocks)
      for (const entry of block.entries ?? [])
        if (entry.type === 'asset' && !selection.entries.has(entryKey(entry))) entries.push(entry);
    return { count, entries, whole: all.scope && { query: all.scope.query, except: named } };
  }, [selection.entries, all, count]);
  const focused = selection.focus === null ? -1 : indexOfPlace(selection.focus, listing);
  const granted = useCallback(() => setWish(null), []);

  return useMemo(
    () => ({
      ...moves,
      listing,
      selection,
      chosen,
      tabStop: focused !== -1 ? focused : listing.count > 0 ? 0 : -1,
      isSelected: (index) => {
        const entry = listing.at(index);
        return isSelected(selection, entry ? entryKey(entry) : null, index, listing.folders);
      },
      wish,
      granted,
    }),
    [moves, listing, selection, chosen, focused, wish, granted],
  );
}

function makeMoves(
  latest: { current: Listing },
  setSelection: (change: (now: Selection) => Selection) => void,
  setWish: (wish: Wish | null) => void,
) {
  const select = (index: number, how: SelectHow) => {
    const listing = latest.current;
    setWish(null);
    setSelection((now) => {
      const next = planSelection(now, listing, index, how);
      if (how === 'range' && countSelected(next, listing) === mostInRange)
        announce(`A range ends at ${formatCount(mostInRange)}. Select all takes the whole folder.`, { urgent: true });
      return next;
    });
  };
  const goTo = (index: number, how: SelectHow = 'focus') => {
    const entry = latest.current.at(index);
    const key = entry ? entryKey(entry) : null;
    if (entry || how === 'range') select(index, how);
    else setSelection((now) => ({ ...now, focus: { key, index } }));
    // What is not known yet is chosen when it comes.
    setWish({ key, index, how: entry || how === 'range' ? null : how });
  };
  return {
    select,
    selectKey: (key: string, how: SelectHow) => {
      const index = latest.current.indexOf(key);
      if (index !== -1) select(index, how);
    },
    selectEntries: (entries: readonly Entry[]) =>
      setSelection((now) => ({ ...now, entries: mapOf(entries), whole: false, allKnown: false, pending: null })),
    all: () => {
      const known = latest.current.blocks.flatMap(({ entries }) => entries ?? []);
      setSelection((now) => ({
        ...nothingSelected,
        entries: mapOf(known),
        allKnown: true,
        anchor: { key: null, index: 0 },
        focus: now.focus,
      }));
    },
    whole: () => {
      const listing = latest.current;
      const next = allOf(listing).asQuery
        ? { ...nothingSelected, whole: true }
        : selectRange(listing, 0, listing.count - 1);
      setSelection((now) => ({ ...next, focus: now.focus }));
    },
    clear: () => setSelection((now) => ({ ...nothingSelected, focus: now.focus })),
    goTo,
    focusEntry: (key: string) => {
      const index = latest.current.indexOf(key);
      if (index !== -1) return goTo(index);
      // It is on its way: a new folder, a renamed file.
      setWish({ key, index: -1, how: null });
    },
  };
}

/** Reads the entries of a range that was taken over places not known yet. */
function usePendingRange(
  { pending }: Selection,
  listing: Listing,
  setSelection: (change: (now: Selection) => Selection) => void,
): void {
  const latest = useRef(listing);
  useEffect(() => {
    latest.current = listing;
  });
  useEffect(() => {
    if (!pending) return;
    let on = true;
    latest.current.load(pending.from, pending.to).then(
      (entries) =>
        on &&
        setSelection((now) => (now.pending === pending ? { ...now, pending: null, entries: mapOf(entries) } : now)),
      () => {
        if (!on) return;
        announce('The range could not be read. Nothing of it is selected.', { urgent: true });
        setSelection((now) => (now.pending === pending ? { ...nothingSelected, focus: now.focus } : now));
      },
    );
    return () => {
      on = false;
    };
  }, [pending, setSelection]);
}
