'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOperations } from '#components/trash/use-operations.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { ApiError, api } from '#lib/http/api-client.ts';

const states: Record<string, { tone: 'plain' | 'success' | 'warning' | 'danger'; text: string }> = {
  pending: { tone: 'plain', text: 'Waiting' },
  running: { tone: 'plain', text: 'Running' },
  done: { tone: 'success', text: 'Done' },
  skipped: { tone: 'plain', text: 'Was so already' },
  conflict: { tone: 'warning', text: 'Left as it is' },
  failed: { tone: 'danger', text: 'Failed' },
};

/** The journal of one operation: each file, what became of it and why. Failed ones can be run again. */
export function OperationItems({ library, id, state }: { library: string; id: string; state: string }) {
  const operations = useOperations(library);
  const [busy, setBusy] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ['operation', id, 'items', state],
    queryFn: ({ pageParam, signal }) =>
      api('GET /operations/{id}/items', { id, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const failed = items.filter((item) => item.state === 'failed').length;
  const retry = async () => {
    setBusy(true);
    await operations.retry(id, { doing: 'Trying again', done: 'Done', notDone: 'It failed again' });
    setBusy(false);
  };
  if (query.isError) {
    const detail = query.error instanceof ApiError ? query.error.detail : 'Strata did not answer.';
    return <p className="text-meta text-danger-text">The files of this change could not be read. {detail}</p>;
  }
  if (query.isPending) return <p className="text-meta text-fg-3">Reading the files</p>;
  return (
    <>
      <ul className="grid">
        {items.map((item) => (
          <li key={item.position} className="flex items-start gap-2 border-t border-line py-1.5 text-meta">
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {item.from !== null && (
                <span className="block text-fg-3">
                  <bdi>{item.from}</bdi>
                </span>
              )}
              <bdi>{item.path}</bdi>
              {item.error && item.error.code !== 'left_out' && (
                <span className="block text-fg-2">{item.error.detail}</span>
              )}
            </span>
            {!item.path.endsWith('/') && (
              <span className="flex-none text-fg-3 tabular-nums">{formatBytes(item.bytes)}</span>
            )}
            <Badge tone={states[item.state]?.tone}>
              {item.error?.code === 'left_out' ? 'Left out' : (states[item.state]?.text ?? item.state)}
            </Badge>
          </li>
        ))}
      </ul>
      <div className="flex gap-2 pt-1.5">
        {query.hasNextPage && (
          <Button variant="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more files
          </Button>
        )}
        {failed > 0 && (state === 'partial' || state === 'failed') && (
          <Button busy={busy} onClick={() => void retry()}>
            Retry what failed
          </Button>
        )}
      </div>
    </>
  );
}
