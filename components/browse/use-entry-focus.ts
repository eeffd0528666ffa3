'use client';

import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { entryKey } from './entry-key.ts';
import type { Collection } from './use-collection.ts';

/**
 * Keeps the keyboard in a list of which only a part is drawn, and of that only a part is read.
 *
 * The entry with the keyboard is the tab stop. While it is not read (far away, or forgotten since), the list itself is: keys work from there,
 * and focus goes on to the entry once that is drawn.
 *
 * @param frame in or at the element with the role of a grid, to which the handlers and `tabIndex` belong
 * @param reveal scrolls as little as shows this place
 */
export function useEntryFocus(
  collection: Collection,
  frame: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
) {
  const { listing, tabStop, wish, granted, select, goTo } = collection;
  /** Which entry has focus. */
  const held = useRef<string | null>(null);
  /** The list has the keyboard for an entry that is not there yet. */
  const standsIn = useRef(false);
  const focusList = () => {
    standsIn.current = true;
    frame.current?.closest<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  };

  // After every drawing: what is wished for may be drawn by now.
  useLayoutEffect(() => {
    if (!wish) return;
    const index = wish.key === null ? wish.index : listing.indexOf(wish.key);
    if (index === -1) return;
    reveal(index);
    const entry = listing.at(index);
    if (!entry) return focusList();
    const element = findEntry(frame, entryKey(entry));
    if (!element) return;
    element.focus({ preventScroll: true });
    if (wish.how) select(index, wish.how);
    granted();
  });

  // An entry that moves into another row is drawn anew, and the browser lets go of its focus: it gets it back at once. One that was forgotten
  // since it is far away gets it back when somebody returns.
  useLayoutEffect(() => {
    if (wish) return;
    const entry = listing.at(tabStop);
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (held.current !== null && lost) {
      const element = findEntry(frame, held.current);
      if (element) element.focus({ preventScroll: true });
      else if (tabStop !== -1 && !entry) focusList();
    } else if (standsIn.current && entry) findEntry(frame, entryKey(entry))?.focus({ preventScroll: true });
  });

  return {
    tabIndex: listing.at(tabStop) ? -1 : 0,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      held.current = (event.target as HTMLElement).dataset.entry ?? null;
      const isList = event.target === event.currentTarget;
      // By Tab, which brings what has focus into view; a press on empty space moves nothing.
      if (isList && !standsIn.current && !listing.at(tabStop) && event.target.matches(':focus-visible')) {
        standsIn.current = true;
        if (tabStop !== -1) goTo(tabStop);
      }
      if (!isList) standsIn.current = false;
    },
    // What goes with its row tells of no blur.
    onBlur: (event: FocusEvent<HTMLElement>) => {
      held.current = null;
      if (event.relatedTarget !== event.currentTarget) standsIn.current = false;
    },
  };
}

function findEntry(frame: RefObject<HTMLElement | null>, key: string): HTMLElement | null {
  return frame.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`) ?? null;
}
