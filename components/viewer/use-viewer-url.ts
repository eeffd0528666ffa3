'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useRef } from 'react';

const parsers = { look: parseAsString, version: parseAsString, against: parseAsString };

export type ViewerUrl = ReturnType<typeof useViewerUrl>;

/**
 * What of the viewer is in the address: the open file, the version that is looked at, and the one that it is compared with. Opening is a
 * step of its own, so Back closes; going on to the next file is none.
 */
export function useViewerUrl() {
  const [state, set] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  const stepped = useRef(false);
  return {
    ...state,
    open: useCallback(
      (id: string) => {
        stepped.current = true;
        void set({ look: id, version: null, against: null }, { history: 'push' });
      },
      [set],
    ),
    go: useCallback((id: string) => void set({ look: id, version: null, against: null }), [set]),
    show: useCallback((version: string | null) => void set({ version }), [set]),
    compare: useCallback(
      (against: string | null, version?: string | null) =>
        void set({ against, ...(version === undefined ? {} : { version }) }),
      [set],
    ),
    close: useCallback(() => {
      if (stepped.current) window.history.back();
      else void set({ look: null, version: null, against: null });
      stepped.current = false;
    }, [set]),
  };
}
