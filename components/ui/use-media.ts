'use client';

import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds. False while rendering on the server and at first paint. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
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
