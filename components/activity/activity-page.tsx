'use client';

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { Activity, CloudAlert, ListFilter, SearchX, Undo2 } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { UndoDialog } from '#components/organise/undo-dialog.tsx';
import { Page } from '#components/shell/page.tsx';
import { groupByDay } from '#components/trash/group-by-day.ts';
import { LoadMore } from '#components/trash/load-more.tsx';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useHydrated } from '#components/ui/use-media.ts';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import { ActivityFilters, type Filters } from './activity-filters.tsx';
import { ActivityRow, isOperationNote } from './activity-row.tsx';
import { foldActivity } from './fold.ts';
import { plainSentence } from './sentence.ts';

/** Facts of one answer at most (listActivityEndpoint). */
const mostRead = 500;

type ActivityPageData = OutputOf<'GET /libraries/{library}/activity'>;
export interface ActivityPageProps {
  library: string;
  people: { id: string; name: string }[];
  /** What the server rendered with, and for which filters. */
  first: ActivityPageData;
  firstFilters: Filters;
  at: number;
}

/** `/activity/[library]`: what people changed, under its days, and the way to undo it. The filters live in the address. */
export function ActivityPage({ library, people, first, firstFilters, at }: ActivityPageProps) {
  const [filters, setFilters] = useQueryStates({ by: parseAsString, type: parseAsString, path: parseAsString });
  const hydrated = useHydrated();
  const rendered =
    filters.by === firstFilters.by && filters.type === firstFilters.type && filters.path === firstFilters.path;
  const query = useInfiniteQuery({
    queryKey: ['activity', library, filters.by, filters.type, filters.path],
    queryFn: ({ pageParam, signal }) =>
      api(
        'GET /libraries/{library}/activity',
        {
          library,
          ...(filters.by ? { by: filters.by } : {}),
          ...(filters.type ? { type: filters.type } : {}),
          ...(filters.path ? { path: filters.path } : {}),
          // What follows may fold into one row: an upload of thousands is a fact for each file.
          ...(pageParam ? { cursor: pageParam, limit: mostRead } : {}),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 60_000,
    ...(rendered
      ? {
          initialData: { pages: [first], pageParams: [''] } satisfies InfiniteData<ActivityPageData, string>,
          initialDataUpdatedAt: at,
        }
      : {}),
  });
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.activity) ?? [], [query.data]);
  const groups = useMemo(
    () => groupByDay(entries, (entry) => entry.at, Date.now(), hydrated ? undefined : 'UTC'),
    [entries, hydrated],
  );
  const filtered = filters.by !== null || filters.type !== null || filters.path !== null;
  const clear = () => void setFilters({ by: null, type: null, path: null });

  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [undoing, setUndoing] = useState<ActivityEntry[] | null>(null);
  const pick = (id: string, on: boolean) =>
    setPicked((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  const rows = groups.flatMap((group) => foldActivity(group.items));
  const chosen = undoableOf(
    rows
      .filter(({ head }) => (picked.size > 0 ? picked.has(head.id) : filtered))
      .flatMap(({ head, more }) => [head, ...more]),
  ).slice(0, mostUndone);

  const [filtering, setFiltering] = useState(false);
  const filterFields = <ActivityFilters people={people} filters={filters} onChange={(next) => void setFilters(next)} />;

  return (
    <Page
      title="Activity"
      layout="column"
      refreshing={query.isRefetching}
      phoneActions={
        <IconButton
          label="Filter"
          icon={<ListFilter />}
          size="touch"
          pressed={filtered}
          onClick={() => setFiltering(true)}
        />
      }
    >
      <div className="max-sm:hidden">{filterFields}</div>
      <BottomSheet open={filtering} onOpenChange={setFiltering} title="Filter the activity">
        {filterFields}
      </BottomSheet>
      {chosen.length > 0 && (
        <div className="sticky top-0 z-sticky flex min-h-11 items-center gap-2 border-b border-line bg-sheet py-1.5">
          <span className="min-w-0 flex-1 text-meta text-fg-2 tabular-nums">
            {picked.size > 0
              ? `${formatPlural(chosen.length, 'change')} chosen`
              : `${formatPlural(chosen.length, 'change')} here can be undone`}
          </span>
          {picked.size > 0 && (
            <Button variant="quiet" onClick={() => setPicked(new Set())}>
              Clear
            </Button>
          )}
          <Button icon={<Undo2 />} onClick={() => setUndoing(chosen)}>
            {chosen.length === 1 ? 'Undo this' : `Undo these ${chosen.length}`}
          </Button>
        </div>
      )}
      {undoing && (
        <UndoDialog
          library={library}
          changes={undoing.flatMap((entry) => entry.undo ?? [])}
          nameOf={(id) => undoing.filter((entry) => entry.undo?.id === id).map(plainSentence)[0] ?? ''}
          onClose={() => {
            setUndoing(null);
            setPicked(new Set());
          }}
        />
      )}
      {query.isError && entries.length === 0 ? (
        <Unreadable error={query.error} retry={() => void query.refetch()} />
      ) : entries.length === 0 && !query.isPending ? (
        filtered ? (
          <EmptyState
            icon={<SearchX />}
            title="Nothing matches these filters"
            action={<Button onClick={clear}>Clear filters</Button>}
          >
            Nobody did this here, or it lies where you may not look.
          </EmptyState>
        ) : (
          <EmptyState icon={<Activity />} title="Nothing has happened yet">
            Uploads, moves to trash and restores are listed here, with the way to undo them.
          </EmptyState>
        )
      ) : (
        groups.map((group) => (
          <section key={group.day} aria-label={hydrated ? group.day : undefined}>
            <h2 className={`flex h-9.5 items-end pb-1.5 text-label font-semibold ${hydrated ? '' : 'invisible'}`}>
              {group.day}
            </h2>
            <ul>
              {foldActivity(group.items).map(({ head, more }) => (
                <ActivityRow
                  key={head.id}
                  library={library}
                  entry={head}
                  more={more}
                  picked={picked.has(head.id)}
                  picking={picked.size > 0}
                  onPick={(on) => pick(head.id, on)}
                  onUndo={() => setUndoing(undoableOf([head, ...more]))}
                />
              ))}
            </ul>
          </section>
        ))
      )}
      {query.hasNextPage && (
        <LoadMore
          onMore={() => void query.fetchNextPage()}
          busy={query.isFetchingNextPage}
          label="Show earlier activity"
        />
      )}
    </Page>
  );
}

/** As many as one request undoes (lib/operations/endpoints.ts). */
const mostUndone = 100;

/** Those that can be undone, each once: an operation stands in the activity with its notes. */
function undoableOf(entries: readonly ActivityEntry[]): ActivityEntry[] {
  const found = entries.filter(
    (entry) => entry.undo !== null && !isOperationNote(entry.type) && entry.type !== 'operation.retried',
  );
  return [...new Map(found.map((entry) => [entry.undo?.id, entry])).values()];
}

function Unreadable({ error, retry }: { error: Error; retry: () => void }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <EmptyState
      icon={<CloudAlert />}
      tone="danger"
      title="The activity could not be read"
      requestId={known?.requestId ?? undefined}
      action={<Button onClick={retry}>Try again</Button>}
    >
      {known?.detail ?? 'Strata did not answer.'}
    </EmptyState>
  );
}
