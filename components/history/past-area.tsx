'use client';

import clsx from 'clsx';
import { CalendarX, Diff, FolderOpen } from 'lucide-react';
import { CallFailed, NothingOfKind } from '#components/browse/browse-states.tsx';
import { Waiting } from '#components/browse/entries-area.tsx';
import type { EntriesProps } from '#components/browse/entries-props.ts';
import { EntryGrid } from '#components/browse/entry-grid.tsx';
import { EntryList } from '#components/browse/entry-list.tsx';
import { IndexingStrip } from '#components/browse/indexing-strip.tsx';
import { KindChips } from '#components/browse/kind-chips.tsx';
import { kindPlural } from '#components/browse/kind-label.tsx';
import type { useFolderUrl } from '#components/browse/use-folder-url.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { ApiError } from '#lib/http/api-client.ts';
import type { PastListing } from './use-past-listing.ts';

type Props = EntriesProps & {
  url: ReturnType<typeof useFolderUrl>;
  past: PastListing;
  /** To the change after which there was something; null when there is none. */
  later: (() => void) | null;
  leave: () => void;
  /** Only what differs from now is shown; where not, null. */
  showAll: (() => void) | null;
};

/** What lies under the bar while one looks back: the entries as they were, or the one state that is true instead of them. */
export function PastArea({ url, past, later, leave, showAll, ...rest }: Props) {
  const { error, data } = past;
  const { listing } = rest.collection;
  if (error && !data) {
    if (showAll && error instanceof ApiError && error.code === 'search_too_slow')
      return (
        <EmptyState icon={<Diff />} title="Too much to compare" action={<ShowAll showAll={showAll} />}>
          {error.detail}
        </EmptyState>
      );
    if (!(error instanceof ApiError && error.code === 'not_found'))
      return <CallFailed error={error} retry={() => void past.refetch()} />;
    return <NotThereThen later={later} leave={leave} />;
  }
  if (!data && listing.count === 0) return <Waiting grid={url.view === 'grid'} />;
  const chips = <KindChips kind={url.kind} setKind={url.setKind} sort={url.sort} setSort={url.setSort} />;
  const made = past.counts?.differ?.made ?? 0;
  if (listing.count === 0) {
    if (showAll && !past.isPlaceholderData)
      return (
        <>
          {chips}
          <EmptyState icon={<Diff />} title="Nothing that was here then differs" action={<ShowAll showAll={showAll} />}>
            {url.kind ? `The ${kindPlural(url.kind)[1]} are now what they were.` : 'Every file is now what it was.'}
            {made > 0 && ` ${madeWords(made)}`}
          </EmptyState>
        </>
      );
    if (url.kind)
      return (
        <>
          {chips}
          <NothingOfKind kind={kindPlural(url.kind)[1]} showAll={() => url.setKind(null)} />
        </>
      );
    return (
      <EmptyState icon={<FolderOpen />} title="Nothing was here then" action={<LaterButton later={later} />}>
        The folder was there, without a file in it.
      </EmptyState>
    );
  }
  const index = data?.pages[0]?.index;
  return (
    <div className={past.isPlaceholderData ? 'contents *:opacity-60' : 'contents'}>
      {chips}
      {showAll && (
        <p className={clsx('pt-3 text-meta text-fg-3 max-sm:pt-0 max-sm:pb-2.5', made === 0 && 'sm:hidden')}>
          <span className="sm:hidden">Only what differs from now is shown. </span>
          {made > 0 && madeWords(made)}
        </p>
      )}
      {index?.state === 'indexing' && <IndexingStrip library={rest.library} here={index} />}
      {url.view === 'grid' ? (
        <div className="pt-3 max-sm:pt-0">
          <EntryGrid {...rest} />
        </div>
      ) : (
        <EntryList {...rest} sort={url.sort} setSort={url.setSort} />
      )}
      {past.isFetchNextPageError && (
        <div
          role="alert"
          className="sticky bottom-0 z-sticky flex items-center justify-center gap-3 bg-sheet py-3 text-meta text-fg-2"
        >
          A part of this folder could not be read.
          <Button onClick={() => void past.fetchNextPage()}>Try again</Button>
        </div>
      )}
    </div>
  );
}

function ShowAll({ showAll }: { showAll: () => void }) {
  return <Button onClick={showAll}>Show everything then</Button>;
}

/** What differs and cannot be shown: it did not stand then. */
const madeWords = (made: number) =>
  `${formatPlural(made, 'file')} added since ${made === 1 ? 'is' : 'are'} not shown: ${made === 1 ? 'it was' : 'they were'} not there then.`;

/** It was not there yet or not any longer, or it is not yours: the cases look the same. */
function NotThereThen({ later, leave }: { later: (() => void) | null; leave: () => void }) {
  return (
    <EmptyState
      icon={<CalendarX />}
      title="This folder was not there then"
      action={
        <span className="flex gap-2">
          <LaterButton later={later} />
          <Button onClick={leave}>Back to now</Button>
        </span>
      }
    >
      Nothing stood in it at this moment, or it needs a grant.
    </EmptyState>
  );
}

function LaterButton({ later }: { later: (() => void) | null }) {
  return later && <Button onClick={later}>Go to the next change</Button>;
}
