'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listingOf } from '#components/browse/listing.ts';
import { pageSize } from '#components/browse/page-size.ts';
import { readFolders, treeKey } from '#components/browse/read-folders.ts';
import type { EntriesPage, Listed } from '#components/browse/use-folder-listing.ts';
import type { Entry } from '#lib/assets/schema.ts';
import type { CountsAt } from '#lib/history/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { withAbsentFolders } from './absent-folders.ts';

/** The past itself stands still; what became of it since does not. Ms. */
const staleMs = 60_000;

/**
 * A folder as it stood, page by page, while there is a moment; its counts come in a second call and fill in what the folders hold. What is
 * there stays until the next moment has come. The keys are like those of the present, so that changes are matched in the same way.
 * @param differs only what is not now as it was then: files by the listing itself, folders by their counts
 * @param first what the server rendered with
 */
export function usePastListing(
  listed: Listed,
  at: string | null,
  differs: boolean,
  first: { page: EntriesPage; at: number } | null,
) {
  const { library, path, sort, kind } = listed;
  const on = at !== null;
  const moment = at ?? '';
  const query = useInfiniteQuery({
    queryKey: ['past', library, path, moment, sort, kind, differs] as const,
    queryFn: ({ pageParam, signal }) =>
      api(
        'GET /libraries/{library}/entries',
        {
          library,
          path,
          sort,
          at: moment,
          limit: pageSize,
          ...(kind ? { kind } : {}),
          ...(differs ? { show: 'different' as const } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: on,
    placeholderData: keepPreviousData,
    staleTime: staleMs,
    ...(first ? { initialData: { pages: [first.page], pageParams: [''] }, initialDataUpdatedAt: first.at } : {}),
  });
  const counts = useQuery({
    queryKey: ['past', library, path, moment, 'counts'] as const,
    queryFn: ({ signal }) => api('GET /libraries/{library}/entries/counts', { library, path, at: moment }, { signal }),
    // The listing first: it is what one waits for.
    enabled: on && query.data !== undefined && !query.isPlaceholderData,
    staleTime: staleMs,
    retry: false,
  });
  const now = useQuery({
    queryKey: treeKey(library, path),
    queryFn: ({ signal }) => readFolders(library, path, signal),
    // A filter by kind is about files.
    enabled: on && kind === null && query.data !== undefined,
    staleTime: staleMs,
    retry: false,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const counted = counts.data;
  const today = kind === null && now.data && !now.data.more ? now.data.folders : undefined;
  const entries = useMemo(() => {
    if (!on) return [];
    const then = withCounts(data?.pages.flatMap((page) => page.entries) ?? [], counted);
    const all = today ? withAbsentFolders(then, today, !hasNextPage) : then;
    return differs ? onlyDifferent(all, counted) : all;
  }, [on, data, counted, today, hasNextPage, differs]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const listing = useMemo(() => listingOf(entries, more), [entries, more]);
  return {
    ...query,
    /** Still those of before: of another moment, or until it is known in which folders something differs. */
    isPlaceholderData: query.isPlaceholderData || (differs && data !== undefined && counts.isPending),
    listing,
    counts: on && !query.isPlaceholderData ? (counted ?? null) : null,
  };
}
export type PastListing = ReturnType<typeof usePastListing>;

/** Folders in which nothing differs go; where nobody could count they all stay. Those that were not there then differ. */
function onlyDifferent(entries: Entry[], counts: CountsAt | undefined): Entry[] {
  if (!counts?.counted) return entries;
  const same = new Set(counts.folders.filter(({ differ }) => differ === 0).map(({ path }) => path));
  return entries.filter((entry) => entry.type === 'asset' || !same.has(entry.path));
}

function withCounts(entries: Entry[], counts: CountsAt | undefined): Entry[] {
  if (!counts?.counted) return entries;
  const byPath = new Map(counts.folders.map((folder) => [folder.path, folder]));
  return entries.map((entry) => {
    if (entry.type !== 'folder') return entry;
    const { assetCount, bytes } = byPath.get(entry.path) ?? { assetCount: 0, bytes: 0 };
    return { ...entry, assetCount, bytes };
  });
}
