'use client';

import { createParser, useQueryState } from 'nuqs';
import { useCallback } from 'react';
import { readMoment } from './moment.ts';

const parser = createParser({ parse: readMoment, serialize: (at: string) => at });

/** The moment that the address holds, RFC 3339; null: now. Moving on in time replaces the address, coming and going are steps of their own. */
export function useMoment() {
  const [at, set] = useQueryState('at', parser.withOptions({ history: 'replace', shallow: true, scroll: false }));
  return {
    at,
    setMoment: useCallback(
      (next: string | null, step = false) => void set(next, { history: step ? 'push' : 'replace' }),
      [set],
    ),
  };
}
