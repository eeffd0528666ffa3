'use client';

import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { ArchiveRestore, CloudAlert, RotateCcw, Trash2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { roleOn, useLibrary } from '#components/browse/library-context.tsx';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import type { TrashEntry } from '#lib/versions/schema.ts';
import { EmptyTrashDialog, type EmptyTrashDialogProps } from './empty-trash-dialog.tsx';
import { TrashList } from './trash-list.tsx';
import { TrashLook } from './trash-look.tsx';
import { useOperations } from './use-operations.tsx';

type TrashPageData = OutputOf<'GET /libraries/{library}/trash'>;

/** `/trash/[library]`: what was moved to the trash, the newest first, and the way back. `path` narrows it to a folder. */
export function TrashPage({
  library,
  path,
  first,
  at,
}: {
  library: string;
  path: string;
  first: TrashPageData;
  at: number;
}) {
  const known = useLibrary();
  const operations = useOperations(library);
  const [looking, setLooking] = useState<TrashEntry | null>(null);
  const [restoring, setRestoring] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery({
    queryKey: ['trash', library, path],
    queryFn: ({ pageParam, signal }) =>
      api('GET /libraries/{library}/trash', { library, path, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [''] } satisfies InfiniteData<TrashPageData, string>,
    initialDataUpdatedAt: at,
    staleTime: 60_000,
  });
  const entries = useMemo(() => query.data.pages.flatMap((page) => page.entries), [query.data]);
  const totals = query.data.pages[0]?.totals ?? null;
  const name = path === '' ? 'Trash' : `Trash of ${path}`;

  const restore = async (entry: TrashEntry) => {
    if (restoring.has(entry.id)) return;
    setRestoring((before) => new Set(before).add(entry.id));
    const ended = await operations.untrash({ ids: [entry.id] }, entry.name);
    setRestoring((before) => new Set([...before].filter((id) => id !== entry.id)));
    if (ended?.state === 'succeeded') setLooking(null);
  };
  // Who may change only parts of the library restores what lies in them.
  const places =
    path !== '' ? [path] : (known?.prefixes ?? []).filter(({ role }) => role !== 'viewer').map(({ prefix }) => prefix);
  const whyNotAll =
    known?.readOnlyReason ?? (places.length === 0 ? 'Only contributors restore files from the trash' : undefined);
  const whole = places.includes('') || path !== '';
  const [restoringAll, setRestoringAll] = useState(false);
  const restoreAll = async () => {
    setRestoringAll(true);
    const what = whole && totals ? formatPlural(totals.assetCount, 'file') : 'files';
    await operations.untrash({ paths: places.includes('') ? [''] : places }, what);
    setRestoringAll(false);
  };
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = entries.filter(({ id }) => picked.has(id));
  const restoreChosen = async () => {
    setPicked(new Set());
    await operations.untrash({ ids: chosen.map(({ id }) => id) }, formatPlural(chosen.length, 'file'));
  };
  const [destroying, setDestroying] = useState<Omit<EmptyTrashDialogProps, 'library' | 'onClose'> | null>(null);
  const whyNotEmpty =
    known?.readOnlyReason ??
    (known && roleOn(known, path) === 'admin'
      ? undefined
      : `Only admins of ${path || 'the library'} delete files forever`);
  const askToEmpty = () => {
    if (totals)
      setDestroying({ selection: { paths: [path] }, count: totals.assetCount, bytes: totals.bytes, names: entries });
  };
  const deleteOne = (entry: TrashEntry) =>
    setDestroying({ selection: { ids: [entry.id] }, count: 1, bytes: null, names: [entry] });
  const all =
    whole && totals
      ? `Restore ${totals.assetCount === 1 ? '' : 'all '}${formatPlural(totals.assetCount, 'file')}`
      : 'Restore all';

  return (
    <Page
      title={name}
      facts={
        totals && totals.assetCount > 0
          ? `${formatPlural(totals.assetCount, 'file')}, ${formatBytes(totals.bytes)} still billed`
          : undefined
      }
      refreshing={query.isRefetching}
      actions={
        <>
          {path !== '' && (
            <Button variant="quiet" icon={<X />} onClick={() => window.location.assign(`/trash/${library}`)}>
              Show all of the trash
            </Button>
          )}
          {entries.length > 0 && totals && (
            <Button variant="quiet" icon={<Trash2 />} disabledReason={whyNotEmpty} onClick={askToEmpty}>
              Empty trash
            </Button>
          )}
          {entries.length > 0 && (
            <Button
              icon={<RotateCcw />}
              busy={restoringAll}
              disabledReason={whyNotAll}
              onClick={() => void restoreAll()}
            >
              {all}
            </Button>
          )}
        </>
      }
      phoneActions={
        entries.length > 0 ? (
          <>
            <IconButton
              label="Empty trash"
              icon={<Trash2 />}
              size="touch"
              disabledReason={whyNotEmpty}
              onClick={askToEmpty}
            />
            <IconButton
              label={all}
              icon={<ArchiveRestore />}
              size="touch"
              disabledReason={whyNotAll}
              onClick={() => void restoreAll()}
            />
          </>
        ) : null
      }
    >
      {chosen.length > 0 && (
        <div className="sticky top-0 z-sticky flex min-h-11 items-center gap-2 border-b border-line bg-sheet py-1.5">
          <span className="min-w-0 flex-1 text-meta text-fg-2 tabular-nums">
            {formatPlural(chosen.length, 'file')} chosen
          </span>
          <Button variant="quiet" onClick={() => setPicked(new Set())}>
            Clear
          </Button>
          <Button
            variant="quiet"
            icon={<Trash2 />}
            disabledReason={
              known?.readOnlyReason ??
              (chosen.every(({ allowed }) => allowed.restoreVersions) ? undefined : 'Only admins delete files forever')
            }
            onClick={() =>
              setDestroying({
                selection: { ids: chosen.map(({ id }) => id) },
                count: chosen.length,
                bytes: null,
                names: chosen,
              })
            }
          >
            Delete forever
          </Button>
          <Button
            icon={<RotateCcw />}
            disabledReason={
              chosen.every(({ allowed }) => allowed.restore)
                ? undefined
                : 'Only contributors restore files from the trash'
            }
            onClick={() => void restoreChosen()}
          >
            Restore {formatPlural(chosen.length, 'file')}
          </Button>
        </div>
      )}
      {query.isError && entries.length === 0 ? (
        <Unreadable error={query.error} retry={() => void query.refetch()} />
      ) : entries.length === 0 ? (
        <EmptyState icon={<Trash2 />} title="Nothing here">
          Files moved to trash wait here.
        </EmptyState>
      ) : (
        <TrashList
          library={library}
          entries={entries}
          restoring={restoring}
          picked={picked}
          onPick={(id, on) =>
            setPicked((now) => {
              const next = new Set(now);
              if (on) next.add(id);
              else next.delete(id);
              return next;
            })
          }
          onRestore={(entry) => void restore(entry)}
          onLook={setLooking}
          onDelete={known?.readOnlyReason ? null : deleteOne}
          more={query.hasNextPage ? () => void query.fetchNextPage() : null}
          loading={query.isFetchingNextPage}
        />
      )}
      {destroying && <EmptyTrashDialog library={library} {...destroying} onClose={() => setDestroying(null)} />}
      <TrashLook
        library={library}
        entry={looking}
        busy={looking !== null && restoring.has(looking.id)}
        onRestore={(entry) => void restore(entry)}
        onClose={() => setLooking(null)}
      />
    </Page>
  );
}

function Unreadable({ error, retry }: { error: Error; retry: () => void }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <EmptyState
      icon={<CloudAlert />}
      tone="danger"
      title="The trash could not be read"
      requestId={known?.requestId ?? undefined}
      action={<Button onClick={retry}>Try again</Button>}
    >
      {known?.detail ?? 'Strata did not answer.'} Your files are not affected.
    </EmptyState>
  );
}
