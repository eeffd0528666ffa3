'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '#lib/http/api-client.ts';

/** The history of one file, newest first, as far as it was asked for. Read again when the file changes (`['versions', id]`). */
export function useVersions(assetId: string) {
  const query = useInfiniteQuery({
    queryKey: ['versions', assetId],
    queryFn: ({ pageParam, signal }) =>
      api('GET /assets/{id}/versions', { id: assetId, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 60_000,
  });
  const versions = useMemo(() => query.data?.pages.flatMap((page) => page.versions) ?? [], [query.data]);
  return {
    ...query,
    versions,
    totals: query.data?.pages[0]?.totals ?? null,
    earlier: query.data?.pages[0]?.earlier ?? null,
  };
}
