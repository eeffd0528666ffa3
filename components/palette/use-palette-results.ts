'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Entry } from '#lib/assets/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { planWords } from '#lib/search/plan-words.ts';
import { findCached } from './find-cached.ts';

/** Entries of a kind that are shown at most, and ms of silence before the server is asked. */
const mostEach = 6;
const typingMs = 120;

/**
 * Files and folders for what was typed: at once from what the page holds, then from the whole library. What the server adds is put below
 * what was there, so that the chosen row stays under the finger.
 */
export function usePaletteResults(library: string, typed: string) {
  const queries = useQueryClient();
  const words = useMemo(() => planWords(typed), [typed]);
  const cached = useMemo(() => findCached(queries, library, words, mostEach * 4), [queries, library, words]);
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, isFetching } = useQuery({
    queryKey: ['search', library, 'palette', asked],
    queryFn: ({ signal }) =>
      api('GET /libraries/{library}/search', { library, q: asked, limit: mostEach * 2 }, { signal }),
    enabled: planWords(asked).length > 0,
    staleTime: 30_000,
    retry: false,
  });
  const answer = asked === typed ? data?.entries : undefined;
  const entries = useMemo(() => {
    const seen = new Set(cached.map(({ path }) => path));
    return [...cached, ...(answer ?? []).filter(({ path }) => !seen.has(path))];
  }, [cached, answer]);
  const of = (type: Entry['type']) => entries.filter((entry) => entry.type === type).slice(0, mostEach);
  return {
    words,
    files: of('asset'),
    folders: of('folder'),
    /** The server is still to be heard: an empty list means nothing yet. */
    waiting: words.length > 0 && (asked !== typed || isFetching),
    failed: error !== null && asked === typed,
  };
}
