'use client';

import { useQuery } from '@tanstack/react-query';
import { formatCount } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { api } from '#lib/http/api-client.ts';
import { courseOf } from './operation-words.ts';

/** "Moving 10,000 files. 2,310 of 10,000" with a meter, in the toast of an operation that the worker runs. Whoever follows it feeds it. */
export function OperationProgress({ id, doing, stopping }: { id: string; doing: string; stopping: boolean }) {
  const { data } = useQuery({
    queryKey: ['operation', id],
    queryFn: async ({ signal }) => (await api('GET /operations/{id}', { id }, { signal })).operation,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const total = data?.counts.total ?? 0;
  const done = total - (data?.counts.pending ?? 0);
  const course = data ? courseOf(data, stopping) : null;
  const waits = data?.state === 'queued' && !data.paused && !data.thawing && !stopping;
  const text = waits ? 'Waiting for its turn' : `${course ?? ''}${formatCount(done)} of ${formatCount(total)}`;
  return (
    <span className="grid gap-1.5">
      <span>
        {doing}
        {data && <span className="text-meta font-normal opacity-70 tabular-nums">, {text}</span>}
      </span>
      <Meter value={data && total > 0 ? done / total : null} label={doing} text={text} thin className="w-48" />
    </span>
  );
}
