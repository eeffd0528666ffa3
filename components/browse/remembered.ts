'use client';

import { useSyncExternalStore } from 'react';

/**
 * A choice that this browser remembers. Where storage is barred it lasts as long as the page.
 * @param read makes a sound value of whatever is stored
 */
export function makeRemembered<T extends object>(key: string, usual: T, read: (value: Record<string, unknown>) => T) {
  const listeners = new Set<() => void>();
  let now: T | null = null;

  function stored(): T {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      return typeof value === 'object' && value !== null ? read(value as Record<string, unknown>) : usual;
    } catch {
      return usual;
    }
  }
  function get(): T {
    now ??= stored();
    return now;
  }
  function set(change: Partial<T>): void {
    now = { ...get(), ...change };
    try {
      localStorage.setItem(key, JSON.stringify(now));
    } catch {
      // As said above: kept for this page.
    }
    for (const listener of listeners) listener();
  }
  function subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }
  return { get, set, subscribe, usual };
}

export function useRemembered<T>(kept: {
  get: () => T;
  set: (change: Partial<T>) => void;
  subscribe: (listener: () => void) => () => void;
  usual: T;
}): [value: T, set: (change: Partial<T>) => void] {
  return [useSyncExternalStore(kept.subscribe, kept.get, () => kept.usual), kept.set];
}
