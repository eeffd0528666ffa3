'use client';

import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { useSingleKeys } from '#components/shell/shortcuts.ts';
import { formatCount } from '#components/ui/format.ts';
import type { Entry } from '#lib/assets/schema.ts';
import type { Chosen } from './actions/action.ts';
import { chosenOf } from './actions/chosen.ts';
import { entryKey } from './entry-key.ts';
import { howOf, nothingSelected, planSelection, pruneSelection, type SelectHow, type Selection } from './selection.ts';

export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown';

const moves: Record<string, Move> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};
/** Letters typed within this many ms are one name. */
const typeAheadMs = 700;

export type Collection = {
  entries: readonly Entry[];
  keys: readonly string[];
  selection: Selection;
  chosen: Chosen;
  /** The entry that Tab reaches: where the keyboard was, else the first. */
  tabStop: string | null;
  indexOf: (key: string) => number;
  select: (key: string, how: SelectHow) => void;
  set: (next: Selection) => void;
  all: () => void;
  clear: () => void;
  /** Moves DOM focus to an entry once it is drawn. */
  focusEntry: (key: string) => void;
  /** Drawn entries ask whether focus was meant for them. */
  takesFocus: (key: string) => boolean;
  onPress: (event: MouseEvent, key: string) => void;
};

/** Selection and keyboard place over the loaded entries of a folder. Survives a new order and a change of view. */
export function useCollection(
  entries: readonly Entry[],
  folder: string,
  start: Selection = nothingSelected,
): Collection {
  const [selection, setSelection] = useState(start);
  const keys = useMemo(() => entries.map(entryKey), [entries]);
  const places = useMemo(() => new Map(keys.map((key, at) => [key, at])), [keys]);
  const wanted = useRef<string | null>(null);
  const [wish, redraw] = useState(0);

  const before = useRef(keys);
  useEffect(() => {
    const old = before.current;
    before.current = keys;
    if (old === keys) return;
    setSelection((now) => {
      const next = pruneSelection(now, old, keys);
      // The row that had focus went, and took it along.
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && next.focus !== null && next.focus !== now.focus) wanted.current = next.focus;
      return next;
    });
  }, [keys]);

  const counted = useRef(0);
  useEffect(() => {
    const count = selection.selected.size;
    if (count !== counted.current && (count > 1 || counted.current > 1)) {
      announce(count === 0 ? 'Nothing selected' : `${formatCount(count)} selected`);
    }
    counted.current = count;
  }, [selection.selected]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder begins with nothing selected
  useEffect(() => () => setSelection(nothingSelected), [folder]);

  const select = useCallback(
    (key: string, how: SelectHow) => setSelection((now) => planSelection(now, keys, key, how)),
    [keys],
  );
  const focusEntry = useCallback((key: string) => {
    wanted.current = key;
    setSelection((now) => ({ ...now, focus: key }));
    redraw((count) => count + 1);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: see below
  return useMemo(
    () => ({
      entries,
      keys,
      selection,
      chosen: chosenOf(entries.filter((entry) => selection.selected.has(entryKey(entry)))),
      tabStop: selection.focus !== null && places.has(selection.focus) ? selection.focus : (keys[0] ?? null),
      indexOf: (key) => places.get(key) ?? -1,
      select,
      set: setSelection,
      all: () => setSelection((now) => ({ ...now, selected: new Set(keys), anchor: keys[0] ?? null })),
      clear: () => setSelection((now) => ({ ...now, selected: new Set(), anchor: null })),
      focusEntry,
      takesFocus: (key) => {
        if (wanted.current !== key) return false;
        wanted.current = null;
        return true;
      },
      onPress: (event, key) => select(key, howOf(event)),
    }),
    // A wish for focus draws the entries again, also when the place itself is the same.
    [entries, keys, selection, places, select, focusEntry, wish],
  );
}

/**
 * The keys of a list or grid: arrows choose, with Ctrl they only move, with Shift they take a range; Enter opens; Ctrl+Space adds.
 * @param next the index that a move leads to, null at the edge
 */
export function useCollectionKeys(
  collection: Collection,
  next: (index: number, move: Move) => number | null,
  open: (entry: Entry) => void,
): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });
  const [singleKeys] = useSingleKeys();
  return (event) => {
    // Buttons inside a row keep their own keys.
    const target = event.target as Element;
    if (target.closest('button, input, [role=checkbox], [role=menu]') || event.altKey) return;
    const { keys, entries, tabStop, select, focusEntry } = collection;
    const at = tabStop === null ? -1 : collection.indexOf(tabStop);
    const move = moves[event.key];
    if (move) {
      const to = next(at, move);
      event.preventDefault();
      const key = to === null ? tabStop : keys[to];
      if (!key) return;
      select(key, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'focus' : 'only');
      focusEntry(key);
      return;
    }
    const entry = entries[at];
    if (!entry || !tabStop) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(entry);
    } else if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      select(tabStop, 'toggle');
    } else if (!singleKeys && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      // Letters act as keys unless somebody switched that off; then they go to a name.
      const now = Date.now();
      const text = (now - typed.current.at > typeAheadMs ? '' : typed.current.text) + event.key.toLowerCase();
      typed.current = { text, at: now };
      const found = entries.findIndex(({ name }) => name.toLowerCase().startsWith(text));
      const key = keys[found];
      if (key) {
        select(key, 'only');
        focusEntry(key);
      }
    }
  };
}
