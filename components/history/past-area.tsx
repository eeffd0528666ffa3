'use client';

import { CalendarX, FolderOpen } from 'lucide-react';
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
import { ApiError } from '#lib/http/api-client.ts';
import type { PastListing } from './use-past-listing.ts';

type Props = EntriesProps & {
  url: ReturnType<typeof useFolderUrl>;
  past: PastListing;
  /** To the change after which there was something; null when there is none. */
  later: (() => void) | null;
  leave: () => void;
};

/** What lies under the bar while one looks back: the entries as they were, or the one state that is true instead of them. */
export function PastArea({ url, past, later, leave, ...rest }: Props) {
  const { error, data } = past;
  const { listing } = rest.collection;
  if (error && !data) {
    if (!(error instanceof ApiError && error.code === 'not_found'))
      return <CallFailed error={error} retry={() => void past.refetch()} />;
    return <NotThereThen later={later} leave={leave} />;
  }
  if (!data && listing.count === 0) return <Waiting grid={url.view === 'grid'} />;
  const chips = <KindChips kind={url.kind} setKind={url.setKind} sort={url.sort} setSort={url.setSort} />;
  if (listing.count === 0) {
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
