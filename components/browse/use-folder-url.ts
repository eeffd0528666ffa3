'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import type { AssetKind, EntrySort } from '#lib/assets/schema.ts';
import type { BrowseView } from './browse-href.ts';
import { sorts } from './sort-menu.tsx';
import { rememberView, usualView } from './usual-view.ts';

const kinds = ['image', 'video', 'audio', 'document', 'text', 'archive', 'other'] as const satisfies AssetKind[];

const parsers = {
  sort: parseAsStringLiteral(sorts).withDefault('name'),
  view: parseAsStringLiteral(['list', 'grid'] as const),
  kind: parseAsStringLiteral(kinds),
  asset: parseAsString,
};

/**
 * What the address holds besides the folder: order, view, kind and the open file.
 * @param known the view that the server knew to be remembered
 */
export function useFolderUrl(known: BrowseView) {
  const [state, set] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  return {
    ...state,
    view: state.view ?? usualView(known),
    /** The view only where the address says one, so that a link to another folder says it too. */
    givenView: state.view ?? undefined,
    setSort: useCallback((sort: EntrySort) => void set({ sort }), [set]),
    setView: useCallback(
      (view: BrowseView) => {
        rememberView(view);
        void set({ view });
      },
      [set],
    ),
    setKind: useCallback((kind: AssetKind | null) => void set({ kind }), [set]),
    /** @param step as a step of its own in the history: on a phone the system's Back closes the sheet */
    setAsset: useCallback(
      (asset: string | null, step = false) => void set({ asset }, { history: step ? 'push' : 'replace' }),
      [set],
    ),
  };
}
