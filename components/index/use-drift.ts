'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tellError } from '#components/auth/tell-error.ts';
import { api } from '#lib/http/api-client.ts';
import type { DriftView } from '#lib/indexing/drift/schema.ts';
import { indexKey } from './use-index.ts';

/** Ms between two looks: while a comparison runs, and else. */
const pace = { running: 1_000, quiet: 15_000 };

/** What the last comparisons of a library found, and the two things that can be done about it. */
export function useDrift(library: string) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<'check' | 'repair' | null>(null);
  const key = ['drift', library];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('GET /admin/libraries/{library}/drift', { library }, { signal }),
    refetchInterval: ({ state }) => (state.data?.last?.state === 'running' ? pace.running : pace.quiet),
  });
  const act = (what: 'check' | 'repair', title: string, call: () => Promise<DriftView>) => async () => {
    setBusy(what);
    try {
      queries.setQueryData(key, await call());
      await queries.invalidateQueries({ queryKey: indexKey });
      // The comparison that follows a repair is begun by the worker.
      if (what === 'repair') setTimeout(() => void queries.invalidateQueries({ queryKey: key }), pace.running);
    } catch (problem) {
      tellError(title, problem);
    } finally {
      setBusy(null);
    }
  };
  return {
    drift: data,
    error,
    busy,
    check: act('check', 'The comparison was not started', () =>
      api('POST /admin/libraries/{library}/drift/check', { library }),
    ),
    repair: act('repair', 'The repair was not started', () =>
      api('POST /admin/libraries/{library}/drift/repair', { library }),
    ),
  };
}
