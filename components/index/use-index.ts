'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '#lib/http/api-client.ts';
import type { LibraryIndex } from '#lib/indexing/schema.ts';

/** Ms between two looks: while something runs, and else. Numbers change once a second at most (UI.md "Index and jobs"). */
const pace = { running: 1_000, quiet: 15_000 };

export const indexKey = ['index'] as const;

/** What the server says of the index of each library, asked again as often as it changes. */
export function useIndex(initial?: LibraryIndex[]) {
  return useQuery({
    queryKey: indexKey,
    queryFn: async ({ signal }) => (await api('GET /admin/index', {}, { signal })).libraries,
    refetchInterval: ({ state }) =>
      state.data?.some((library) => library.running || library.state === 'indexing') ? pace.running : pace.quiet,
    ...(initial ? { initialData: initial, initialDataUpdatedAt: Date.now() } : {}),
  });
}
