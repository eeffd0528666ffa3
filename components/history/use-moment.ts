'use client';

import { createParser, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { readMoment } from './moment.ts';

const parsers = {
  at: createParser({ parse: readMoment, serialize: (at: string) => at }),
  show: parseAsStringLiteral(['different'] as const),
};

/**
 * The moment that the address holds, RFC 3339; null: now. And whether only what differs from now is shown of it. Moving on in time replaces the
 * address, coming and going are steps of their own.
 */
export function useMoment() {
  const [{ at, show }, set] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  return {
    at,
    differs: at !== null && show === 'different',
    setMoment: useCallback(
      (next: string | null, step = false) =>
        void set(next === null ? { at: null, show: null } : { at: next }, { history: step ? 'push' : 'replace' }),
      [set],
    ),
    setDiffers: useCallback((on: boolean) => void set({ show: on ? 'different' : null }), [set]),
  };
}
