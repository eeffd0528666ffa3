'use client';

import { useSyncExternalStore } from 'react';

const most = 8;
const listeners = new Set<() => void>();
const none: readonly string[] = [];
const cache = new Map<string, readonly string[]>();
const keyOf = (library: string) => `strata.searches.${library}`;

function read(library: string): readonly string[] {
  const known = cache.get(library);
  if (known) return known;
  let list = none;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(library)) ?? '[]');
    if (Array.isArray(stored)) list = stored.filter((each): each is string => typeof each === 'string').slice(0, most);
  } catch {
    // Storage may be barred or hold something else: then the list begins anew.
  }
  cache.set(library, list);
  return list;
}

function write(library: string, list: readonly string[]): void {
  cache.set(library, list);
  try {
    localStorage.setItem(keyOf(library), JSON.stringify(list));
  } catch {
    // Kept for this page.
  }
  for (const listener of listeners) listener();
}

/** Keeps what was sought in this browser, newest first. One letter is nobody's search. */
export function rememberSearch(library: string, q: string): void {
  const text = q.trim();
  if (text.length < 2) return;
  const others = read(library).filter((each) => each.toLowerCase() !== text.toLowerCase());
  write(library, [text, ...others].slice(0, most));
}

export function forgetSearches(library: string): void {
  write(library, none);
}

export function useRecentSearches(library: string): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(library),
    () => none,
  );
}
