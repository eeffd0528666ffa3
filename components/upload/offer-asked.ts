'use client';

import { useSyncExternalStore } from 'react';

/** Ids of the files that were put aside, so that only new ones open the dialog again. */
let aside: ReadonlySet<number> = new Set();
const listeners = new Set<() => void>();

/** The question about these files was answered, or closed without an answer. */
export function putOffersAside(ids: ReadonlySet<number>): void {
  aside = ids;
  for (const listener of listeners) listener();
}

/** "Decide" in a row. */
export function askAboutOffers(): void {
  putOffersAside(new Set());
}

export function useOffersAside(): ReadonlySet<number> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => aside,
    () => aside,
  );
}
