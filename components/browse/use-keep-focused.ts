import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { useCallback } from 'react';
import type { Collection } from './use-collection.ts';

/** Keeps the row with the keyboard drawn when it is scrolled away: a row that leaves the page takes focus with it. */
export function useKeepFocused(collection: Collection, rowOf: (index: number) => number = (index) => index) {
  const { tabStop, indexOf } = collection;
  return useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      const kept = tabStop === null ? -1 : rowOf(indexOf(tabStop));
      if (kept < 0 || kept >= range.count || shown.includes(kept)) return shown;
      return [...shown, kept].sort((a, b) => a - b);
    },
    [tabStop, indexOf, rowOf],
  );
}
