'use client';

import { CircleAlert, RotateCcw } from 'lucide-react';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import type { JobsOverview } from '#lib/jobs/schema.ts';
import { FailureRow } from './failure-row.tsx';
import { planQueueRows } from './plan-queue-rows.ts';
import { QueueTable } from './queue-table.tsx';
import { useJobs, useRetry } from './use-jobs.ts';
import { WorkerList } from './worker-list.tsx';

/** At most so many are tried again by one call (lib/jobs/endpoints.ts). */
const mostAtOnce = 100;

/** What the workers do, what waits for them, what failed, and what their machines lack. */
export function JobsPage({ initial }: { initial: JobsOverview }) {
  const { overview, failures, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, error } = useJobs(initial);
  const { busy, retry } = useRetry();
  const rows = planQueueRows(overview.queues);
  const facts = [
    formatPlural(overview.workers.length, 'worker'),
    `${formatPlural(rows.waiting, 'job')} waiting`,
    rows.failed > 0 ? `${rows.failed} failed` : null,
  ];
  return (
    <Page title="Jobs" facts={facts.filter(Boolean).join(', ')} refreshing={isFetching && error !== null}>
      <div className="grid max-w-240 gap-6">
        {error && (
          <Note tone="warning" icon={<CircleAlert aria-hidden="true" />}>
            <b>This may be out of date.</b> {error.message}
          </Note>
        )}
        {overview.workers.length === 0 && (
          <Note tone="danger" icon={<CircleAlert aria-hidden="true" />}>
            <b>No worker runs.</b> Browsing and uploads go on, but nothing is inspected, previewed, compared or carried
            out in the background. Start one: <code>node lib/jobs/worker.ts</code>
          </Note>
        )}
        <section aria-labelledby="failures">
          <div className="mb-1 flex min-h-8 items-center gap-2">
            <h2 id="failures" className="flex-1 text-title">
              Failed
            </h2>
            {failures.length > 1 && (
              <Button
                icon={<RotateCcw />}
                busy={busy.size > 1}
                onClick={() => void retry(failures.slice(0, mostAtOnce).map(({ id }) => id))}
              >
                {failures.length > mostAtOnce ? `Retry the newest ${mostAtOnce}` : `Retry ${failures.length}`}
              </Button>
            )}
          </div>
          {failures.length === 0 ? (
            <p className="text-fg-2">Nothing failed. What fails stays here with its reason until it is tried again.</p>
          ) : (
            <ul className="border-t border-line">
              {failures.map((failure) => (
                <FailureRow
                  key={failure.id}
                  failure={failure}
                  busy={busy.has(failure.id)}
                  onRetry={() => void retry([failure.id])}
                />
              ))}
            </ul>
          )}
          {hasNextPage && (
            <div className="mt-3 text-center">
              <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show older failures
              </Button>
            </div>
          )}
        </section>
        <QueueTable rows={rows.rows} />
        <WorkerList workers={overview.workers} />
      </div>
    </Page>
  );
}
