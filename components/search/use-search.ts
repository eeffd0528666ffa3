'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { listingOf } from '#components/browse/listing.ts';
import { pageSize } from '#components/browse/page-size.ts';
import { announce } from '#components/shell/announce.ts';
import { formatPlural } from '#components/ui/format.ts';
import type { Entry, EntrySort } from '#lib/assets/schema.ts';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import { isAsked, planSearchInput } from '#lib/search/plan-search-input.ts';
import { planWords, type SoughtWord } from '#lib/search/plan-words.ts';
import type { SearchUrl } from './use-search-url.ts';

/** Ms of silence after a letter before the server is asked. */
const typingMs = 120;

type SearchPage = OutputOf<'GET /libraries/{library}/search'> & { ms: number };

/** The result of the search in the address, as pages of entries, while there is one. */
export function useSearch(
  url: SearchUrl,
  place: { library: string; folder: string; sort: EntrySort; at: string | null },
) {
  const { address } = url;
  const asked = isAsked(address);
  const q = useQuiet(address.q ?? '', typingMs);
  // Relative days ("today") are those of the moment when the field was opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is read once an opening
  const now = useMemo(() => new Date(), [address.q === null]);
  const sought = planSearchInput({ ...address, q: address.q === null ? null : q }, place, now);
  const input = place.at === null ? sought : { ...sought, at: place.at };
  const query = useInfiniteQuery({
    queryKey: ['search', place.library, input] as const,
    queryFn: async ({ pageParam, signal }): Promise<SearchPage> => {
      const started = performance.now();
      const page = await api(
        'GET /libraries/{library}/search',
        { ...input, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      );
      return { ...page, ms: performance.now() - started };
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: asked && (q.trim() !== '' || url.count > 0),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // What the search itself cannot do is not mended by asking again.
    retry: (failures, error) => !(error instanceof ApiError && error.status > 0 && error.status < 500) && failures < 1,
  });
  const { data, isPlaceholderData, isFetching, error } = query;
  const entries = useMemo(() => (asked ? distinct(data?.pages ?? []) : []), [asked, data]);
  const first = asked ? (data?.pages[0] ?? null) : null;
  const typing = asked && (isPlaceholderData || q !== (address.q ?? ''));

  const settled = asked && !typing && !isFetching && !error ? first : null;
  const found = settled === null ? null : foundWords(settled);
  useEffect(() => {
    if (found !== null) announce(found);
  }, [found]);

  const typed = asked ? (address.q ?? '') : '';
  const words = useMemo((): SoughtWord[] => planWords(typed), [typed]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const exact = first?.total.exact ? first.total.count : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sought is an object made anew; its text says whether it is another
  const listing = useMemo(
    () =>
      listingOf(
        entries,
        more,
        exact === null || place.at !== null ? null : { query: { ...input, direct: false }, total: exact },
      ),
    [entries, more, exact, JSON.stringify(input)],
  );
  return { ...query, asked, typing, entries, listing, first, words, input };
}
export type Search = ReturnType<typeof useSearch>;

/** "1,204 found", "More than 5,000 found", "Nothing found". */
export function foundWords({ total, entries }: Pick<SearchPage, 'total' | 'entries'>): string {
  const folders = entries.filter((entry) => entry.type === 'folder').length;
  if (total.count + folders === 0) return 'Nothing found';
  if (!total.exact) return `More than ${formatPlural(total.count, 'file')} found`;
  if (folders === 0) return `${formatPlural(total.count, 'file')} found`;
  return `${formatPlural(folders, 'folder')} and ${formatPlural(total.count, 'file')} found`;
}

/** A value once it has been still for a while; at once when it is emptied or comes with the page. */
function useQuiet(value: string, ms: number): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    if (value === '') {
      setQuiet('');
      return;
    }
    const timer = setTimeout(() => setQuiet(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value === '' ? '' : quiet;
}

/** Between two pages something may have changed its place; it is shown once. */
function distinct(pages: readonly { entries: Entry[] }[]): Entry[] {
  if (pages.length <= 1) return pages[0]?.entries ?? [];
  const byKey = new Map<string, Entry>();
  for (const entry of pages.flatMap((page) => page.entries)) {
    const key = entry.type === 'asset' ? `a${entry.id}` : `f${entry.path}`;
    if (!byKey.has(key)) byKey.set(key, entry);
  }
  return [...byKey.values()];
}
