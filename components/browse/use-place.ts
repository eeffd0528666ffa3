'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Collection } from './use-collection.ts';

type Place = { top: number; focus: string | null };

/** Where each folder was left, while the tab lives. */
const places = new Map<string, Place>();
/** The address to which back or forward led; null after any other way. */
let returnedTo: string | null = null;
/** The list that was shown last in this tab. */
let visited: string | null = null;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    returnedTo = window.location.pathname + window.location.search;
  });
}

/** Going to the folder above lands on the folder that one comes from. */
export function comeFrom(address: string, focus: string): void {
  places.set(address, { top: places.get(address)?.top ?? 0, focus });
  returnedTo = address;
}

/** What was laid over a list is taken away: it comes back to where it was. */
export function returnTo(address: string): void {
  returnedTo = address;
}

/**
 * Back and forward come to the same pixel and the same focus. A folder that is opened anew begins at its top.
 * @param address what identifies the list: its folder, order and view
 */
export function usePlace(address: string, scroller: RefObject<HTMLElement | null>, collection: Collection): void {
  const latest = useRef(collection);
  useEffect(() => {
    latest.current = collection;
  });
  // How this list came about is asked once: effects may run again for the same one.
  const arrival = useRef<{ address: string; place: Place | undefined; moved: boolean } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (arrival.current?.address !== address) {
      const returned = returnedTo?.split('?')[0] === address.split('?')[0];
      arrival.current = { address, place: returned ? places.get(address) : undefined, moved: visited !== null };
      visited = address;
      returnedTo = null;
    }
    const { place, moved } = arrival.current;
    element.scrollTop = place?.top ?? 0;
    const focusTimer = requestAnimationFrame(() => {
      // The list takes its height from the rows that it has; a long one needs a second look.
      if (place) element.scrollTop = place.top;
      const { listing, goTo } = latest.current;
      const lost = document.activeElement === null || document.activeElement === document.body;
      const index = place?.focus ? listing.indexOf(place.focus) : -1;
      if (index !== -1) goTo(index);
      // The row or link that led here is gone with its page. A page that was just loaded begins at its start, as Tab expects.
      else if (lost && moved && listing.count > 0) goTo(0);
    });
    const remember = () => {
      places.set(address, { top: element.scrollTop, focus: latest.current.selection.focus?.key ?? null });
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => {
      cancelAnimationFrame(focusTimer);
      element.removeEventListener('scroll', remember);
    };
  }, [address, scroller]);

  // Focus may move without scrolling.
  const focus = collection.selection.focus?.key ?? null;
  useEffect(() => {
    const top = places.get(address)?.top ?? 0;
    if (focus !== null) places.set(address, { top, focus });
  }, [address, focus]);
}
