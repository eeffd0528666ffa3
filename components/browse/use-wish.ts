'use client';

import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { entryKey } from './entry-key.ts';
import type { Collection } from './use-collection.ts';

/** Gives focus to the entry that waits for it: scrolls to its place, and once it is drawn takes it there. */
export function useWish(
  collection: Collection,
  frame: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
): void {
  // After every drawing: what is wished for may be drawn by now.
  useLayoutEffect(() => {
    const { wish, listing, granted, select } = collection;
    if (!wish) return;
    const index = wish.key === null ? wish.index : listing.indexOf(wish.key);
    if (index === -1) return;
    reveal(index);
    const entry = listing.at(index);
    // Until it is known the list itself keeps the keyboard.
    if (!entry) return frame.current?.closest<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
    const element = findEntry(frame, entryKey(entry));
    if (!element) return;
    element.focus({ preventScroll: true });
    if (wish.how) select(index, wish.how);
    granted();
  });
}

/**
 * An entry that moves into another row is drawn anew, and the browser lets go of its focus: it gets it back at once.
 * @returns handlers for the element around the entries
 */
export function useHeldFocus(frame: RefObject<HTMLElement | null>) {
  const held = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (held.current === null || (document.activeElement !== null && document.activeElement !== document.body)) return;
    findEntry(frame, held.current)?.focus({ preventScroll: true });
  });
  return {
    onFocus: (event: FocusEvent) => {
      held.current = (event.target as HTMLElement).dataset.entry ?? null;
    },
    // What goes with its row tells of no blur.
    onBlur: () => {
      held.current = null;
    },
  };
}

function findEntry(frame: RefObject<HTMLElement | null>, key: string): HTMLElement | null {
  return frame.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`) ?? null;
}
