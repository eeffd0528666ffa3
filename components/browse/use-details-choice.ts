'use client';

import { useCallback, useSyncExternalStore } from 'react';

const key = 'strata.details';
const listeners = new Set<() => void>();
/** Where storage is barred the choice lasts as long as the page. */
let unstored: boolean | null = null;

function read(): boolean {
  try {
    return (unstored ?? localStorage.getItem(key) !== 'off') as boolean;
  } catch {
    return unstored ?? true;
  }
}

/** Whether choosing a file opens its details where there is room for them; remembered in this browser. */
export function useDetailsChoice(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => true,
  );
  const set = useCallback((next: boolean) => {
    try {
      localStorage.setItem(key, next ? 'on' : 'off');
    } catch {
      unstored = next;
    }
    for (const listener of listeners) listener();
  }, []);
  return [on, set];
}
