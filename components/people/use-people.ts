import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PersonView } from '#lib/auth/schema.ts';
import { api } from '#lib/http/api-client.ts';

type PeoplePage = { people: PersonView[]; nextCursor: string | null };

/** The people of the caller's libraries, page by page; `q` narrows on the server. */
export function usePeople(q: string, initial: PeoplePage) {
  const query = useInfiniteQuery({
    queryKey: ['people', q],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/users', { ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: PeoplePage) => page.nextCursor,
    ...(q === '' ? { initialData: { pages: [initial], pageParams: [null] } } : {}),
    placeholderData: (before) => before,
  });
  return { ...query, people: query.data?.pages.flatMap((page) => page.people) ?? [] };
}

/** Puts an answer of the server over the row of that person in every list, at once; the lists are asked again behind it. */
export function usePersonUpdate(): (person: PersonView) => void {
  const queries = useQueryClient();
  return useCallback(
    (person: PersonView) => {
      queries.setQueriesData<InfiniteData<PeoplePage>>(
        { queryKey: ['people'] },
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              people: page.people.map((row) => (row.id === person.id ? person : row)),
            })),
          },
      );
      // Who is last admin changes for others too.
      void queries.invalidateQueries({ queryKey: ['people'] });
    },
    [queries],
  );
}
