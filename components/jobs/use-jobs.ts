import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import { api } from '#lib/http/api-client.ts';
import type { JobsOverview } from '#lib/jobs/schema.ts';

/** Milliseconds between two looks while the page is on the screen. */
const lookEvery = 2_000;

/** Queues, workers and failures, looked at again and again; further pages of failures on demand. */
export function useJobs(initial: JobsOverview) {
  const query = useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam, signal }) => api('GET /admin/jobs', pageParam ? { cursor: pageParam } : {}, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: JobsOverview) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
    refetchInterval: lookEvery,
  });
  const first = query.data.pages[0] ?? initial;
  return { ...query, overview: first, failures: query.data.pages.flatMap((page) => page.failures) };
}

/** Has failed jobs tried again; says how many could not be. */
export function useRetry(): { busy: ReadonlySet<string>; retry: (ids: string[]) => Promise<void> } {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const retry = async (ids: string[]) => {
    setBusy(new Set(ids));
    try {
      const { results } = await api('POST /admin/jobs/retry', { ids });
      const done = results.filter((result) => result.ok).length;
      if (done > 0) addToast({ title: `${formatPlural(done, 'job')} tried again` });
      const refused = results.find((result) => !result.ok);
      if (refused && !refused.ok) {
        addToast({
          kind: 'error',
          title: `${formatPlural(results.length - done, 'job')} not tried again`,
          detail: refused.error.detail,
        });
      }
    } catch (error) {
      tellFailure('The jobs were not tried again', error);
    } finally {
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      setBusy(new Set());
    }
  };
  return { busy, retry };
}
