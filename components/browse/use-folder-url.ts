'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import type { AssetKind, EntrySort } from '#lib/assets/schema.ts';
import type { BrowseView } from './browse-href.ts';
import { sorts } from './sort-menu.tsx';

const kinds = ['image', 'video', 'audio', 'document', 'text', 'archive', 'other'] as const satisfies AssetKind[];

const parsers = {
  sort: parseAsStringLiteral(sorts).withDefault('name'),
  view: parseAsStringLiteral(['list', 'grid'] as const).withDefault('list'),
  kind: parseAsStringLiteral(kinds),
  asset: parseAsString,
};

/** What the address holds besides the folder: order, view, kind and the open file. */
export function useFolderUrl() {
  const [state, set] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  return {
    ...state,
    setSort: useCallback((sort: EntrySort) => void set({ sort }), [set]),
    setView: useCallback((view: BrowseView) => void set({ view }), [set]),
    setKind: useCallback((kind: AssetKind | null) => void set({ kind }), [set]),
    /** @param step as a step of its own in the history: on a phone the system's Back closes the sheet */
    setAsset: useCallback(
      (asset: string | null, step = false) => void set({ asset }, { history: step ? 'push' : 'replace' }),
      [set],
    ),
  };
}
