'use client';

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AssetKind, Entry, EntrySort } from '#lib/assets/schema.ts';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import { pageSize } from './page-size.ts';

export type EntriesPage = OutputOf<'GET /libraries/{library}/entries'>;
export type Listed = { library: string; path: string; sort: EntrySort; kind: AssetKind | null };

/** Changes are heard as they come, so a page that was read is not old by itself. Ms. */
const staleMs = 60_000;

export function entriesKey({ library, path, sort, kind }: Listed) {
  return ['entries', library, path, sort, kind] as const;
}

/** The entries of a folder as far as they were asked for. `first` is what the server rendered with. */
export function useEntries(listed: Listed, first: { page: EntriesPage; at: number } | null) {
  const query = useInfiniteQuery({
    queryKey: entriesKey(listed),
    queryFn: ({ pageParam, signal }) =>
      api(
        'GET /libraries/{library}/entries',
        {
          library: listed.library,
          path: listed.path,
          sort: listed.sort,
          limit: pageSize,
          ...(listed.kind ? { kind: listed.kind } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: staleMs,
    // An answer that the server rendered a moment ago needs no second asking.
    ...(first
      ? {
          initialData: { pages: [first.page], pageParams: [''] } satisfies InfiniteData<EntriesPage, string>,
          initialDataUpdatedAt: first.at,
        }
      : {}),
  });
  // What was listed is no longer there, or no longer yours: nothing of it can be chosen.
  const gone = query.error instanceof ApiError && query.error.code === 'not_found';
  const entries = useMemo(() => (gone ? [] : distinct(query.data?.pages ?? [])), [gone, query.data]);
  return { ...query, entries, last: gone ? null : (query.data?.pages.at(-1) ?? null) };
}

/** Between two pages something may have moved from the second into the first; it is shown once. */
function distinct(pages: EntriesPage[]): Entry[] {
  if (pages.length <= 1) return pages[0]?.entries ?? [];
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const page of pages) {
    for (const entry of page.entries) {
      const key = entry.type === 'asset' ? `a${entry.id}` : `f${entry.path}`;
      if (seen.has(key)) continue;
      seen.add(key);
      entries.push(entry);
    }
  }
  return entries;
}
