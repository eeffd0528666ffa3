'use client';

import { useCallback, useSyncExternalStore } from 'react';

type Watched = { matches: () => boolean; subscribe: (changed: () => void) => () => void };
/** One of the browser's lists a query: each row of a list asks whether this is a phone. */
const watched = new Map<string, Watched>();

function watch(query: string): Watched {
  const known = watched.get(query);
  if (known) return known;
  const list = window.matchMedia(query);
  const listeners = new Set<() => void>();
  list.addEventListener('change', () => {
    for (const changed of [...listeners]) changed();
  });
  const made: Watched = {
    matches: () => list.matches,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  watched.set(query, made);
  return made;
}

/** Whether a media query holds. False while rendering on the server and at first paint. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback((changed: () => void) => watch(query).subscribe(changed), [query]);
  return useSyncExternalStore(
    subscribe,
    () => watch(query).matches(),
    () => false,
  );
}

/** Below 600 px: header and tab bar, menus and dialogs as bottom sheets. */
export function usePhone(): boolean {
  return useMedia('(width < 600px)');
}

const never = () => () => {};

/** False on the server and during hydration, true after: for what only the browser knows (zone, platform). */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
