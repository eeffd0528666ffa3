'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { assetKinds, type SearchAddress, type SearchFilter } from '#lib/search/plan-search-input.ts';

const parsers = {
  q: parseAsString,
  in: parseAsStringLiteral(['everywhere'] as const),
  kind: parseAsStringLiteral(assetKinds),
  uploaded: parseAsString,
  taken: parseAsString,
  size: parseAsString,
  person: parseAsString,
  tag: parseAsString,
  class: parseAsString,
};

const filtersOff = { kind: null, uploaded: null, taken: null, size: null, person: null, tag: null, class: null };

/** The search that the address holds. `q` null: the field is closed. Typing replaces the address, opening and closing are steps of their own. */
export function useSearchUrl() {
  const [address, set] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  const change = useCallback((part: Partial<SearchAddress>) => void set(part), [set]);
  return {
    address,
    change,
    setFilter: useCallback((filter: SearchFilter, value: string | null) => void set({ [filter]: value }), [set]),
    clearFilters: useCallback(() => void set(filtersOff), [set]),
    open: useCallback(() => void set({ q: '' }, { history: 'push' }), [set]),
    close: useCallback(() => void set({ ...filtersOff, q: null, in: null }), [set]),
    count: useMemo(
      () => Object.keys(filtersOff).filter((key) => address[key as SearchFilter] !== null).length,
      [address],
    ),
  };
}
export type SearchUrl = ReturnType<typeof useSearchUrl>;
