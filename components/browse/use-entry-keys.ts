'use client';

import { type KeyboardEvent, useRef } from 'react';
import { SHORTCUTS } from '#components/shell/shortcut-table.ts';
import { useSingleKeys } from '#components/shell/shortcuts.ts';
import type { Collection } from './use-collection.ts';

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
const ownKeys: ReadonlySet<string> = new Set(Object.values(SHORTCUTS).map(({ keys }) => keys));
const hasMeaning = (key: string) => ownKeys.has(key.toLowerCase());
/** Letters typed within this many ms are one name. */
const typeAheadMs = 700;

/**
 * The keys of a list or grid: arrows choose, with Ctrl they only move, with Shift they take a range; Enter opens; Ctrl+Space adds.
 * @param next the index that a move leads to, null at the edge
 */
export function useEntryKeys(
  collection: Collection,
  next: (index: number, move: Move) => number | null,
  open: (index: number) => void,
): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });
  const [singleKeys] = useSingleKeys();
  return (event) => {
    // Buttons inside a row keep their own keys.
    const target = event.target as Element;
    if (target.closest('button, input, [role=checkbox], [role=menu]') || event.altKey) return;
    const { tabStop, listing, goTo, select } = collection;
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      const to = next(tabStop, move) ?? tabStop;
      if (to !== -1) goTo(to, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'focus' : 'only');
      return;
    }
    if (tabStop === -1) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (listing.at(tabStop)) open(tabStop);
      else goTo(tabStop);
    } else if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      select(tabStop, 'toggle');
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      // A letter that is a key of its own begins no name, unless somebody switched those off; within a name every letter belongs to it.
      const now = Date.now();
      const isGoingOn = typed.current.text !== '' && now - typed.current.at <= typeAheadMs;
      if (!isGoingOn && singleKeys && hasMeaning(event.key)) return;
      event.preventDefault();
      const text = (isGoingOn ? typed.current.text : '') + event.key.toLowerCase();
      typed.current = { text, at: now };
      for (const { from, entries } of listing.blocks) {
        const found = entries?.findIndex(({ name }) => name.toLowerCase().startsWith(text)) ?? -1;
        if (found !== -1) return goTo(from + found, 'only');
      }
    }
  };
}
