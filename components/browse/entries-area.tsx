'use client';

import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { runShortcut } from '#components/shell/shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ApiError } from '#lib/http/api-client.ts';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { browseHref } from './browse-href.ts';
import { CallFailed, EmptyFolder, FolderGone, NothingOfKind, NotYours, StillIndexing } from './browse-states.tsx';
import type { EntriesProps } from './entries-props.ts';
import { EntryGrid } from './entry-grid.tsx';
import { EntryList } from './entry-list.tsx';
import { IndexingStrip } from './indexing-strip.tsx';
import { KindChips } from './kind-chips.tsx';
import { kindPlural } from './kind-label.tsx';
import type { useFolderListing } from './use-folder-listing.ts';
import type { useFolderUrl } from './use-folder-url.ts';

// Of no use to a library that holds something; rendered on the server where it is what is seen.
const Welcome = dynamic(() => import('./welcome.tsx').then((part) => part.Welcome));

type Props = Omit<EntriesProps, 'library'> & {
  library: LibraryView;
  path: string;
  url: ReturnType<typeof useFolderUrl>;
  query: ReturnType<typeof useFolderListing>;
  noUpload: string | undefined;
};

/** What lies under the bar: the entries, or the one state that is true instead of them. */
export function EntriesArea({ library, path, url, query, noUpload, ...rest }: Props) {
  const { listing, head, error, refetch } = query;
  const failure = error instanceof ApiError ? error : null;
  const home = browseHref(library.slug, '');
  if (failure?.code === 'not_found')
    return query.known ? (
      <FolderGone parent={browseHref(library.slug, parentFolder(path), rest.options)} />
    ) : (
      <NotYours href={home} />
    );
  if (error && !query.known) return <CallFailed error={error} retry={() => void refetch()} />;
  if (query.isPending) return <Waiting grid={url.view === 'grid'} />;

  const chips = <KindChips kind={url.kind} setKind={url.setKind} sort={url.sort} setSort={url.setSort} />;
  if (listing.count === 0) {
    if (head?.index.state === 'indexing' && !head.index.fromStore) return <StillIndexing />;
    if (url.kind)
      return (
        <>
          {chips}
          <NothingOfKind kind={kindPlural(url.kind)[1]} showAll={() => url.setKind(null)} />
        </>
      );
    if (path === '' && library.rootRole !== null) return <EmptyLibrary library={library} noUpload={noUpload} />;
    return <EmptyFolder whyNoUpload={noUpload} upload={() => void runShortcut('upload')} />;
  }
  const shared = { ...rest, library: library.slug };
  return (
    <>
      {chips}
      {head?.index.state === 'indexing' && <IndexingStrip library={library.slug} here={head.index} />}
      {url.view === 'grid' ? (
        <div className="pt-3 max-sm:pt-0">
          <EntryGrid {...shared} />
        </div>
      ) : (
        <EntryList {...shared} sort={url.sort} setSort={url.setSort} />
      )}
      <Foot query={query} />
    </>
  );
}

/** Some of the entries did not come. */
function Foot({ query }: { query: Props['query'] }) {
  if (!query.failed) return null;
  return (
    <div
      role="alert"
      className="sticky bottom-0 z-sticky flex items-center justify-center gap-3 bg-sheet py-3 text-meta text-fg-2"
    >
      A part of this folder could not be read.
      <Button onClick={query.retry}>Try again</Button>
    </div>
  );
}

function EmptyLibrary({ library, noUpload }: { library: LibraryView; noUpload: string | undefined }) {
  const choose = (source: 'files' | 'folder') => () =>
    document.querySelector<HTMLInputElement>(`input[data-upload=${source}]`)?.click();
  return (
    <Welcome
      {...(noUpload ? {} : { upload: { chooseFiles: choose('files'), chooseFolder: choose('folder') } })}
      {...(library.rootRole === 'admin' ? { peopleHref: '/admin/users', adoptHref: '/admin/index/add' } : {})}
      {...(library.versioning === 'enabled' ? { protection: `Versioning of the bucket ${library.bucket} is on.` } : {})}
    />
  );
}

/** Nothing for 150 ms, then rows in their final size, after 5 s a sentence. */
export function Waiting({ grid, label = 'Reading the folder' }: { grid: boolean; label?: string }) {
  const [stage, setStage] = useState(0);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  useEffect(() => {
    timers.current = [setTimeout(() => setStage(1), 150), setTimeout(() => setStage(2), 5_000)];
    return () => {
      for (const timer of timers.current) clearTimeout(timer);
    };
  }, []);
  if (stage === 0) return null;
  return (
    <div role="status" aria-label={label} className={grid ? 'grid grid-cols-3 gap-2.5 pt-3' : 'grid pt-7'}>
      {stage === 2 && (
        <p className="col-span-full pb-2 text-meta text-fg-3">Still at it. This takes longer than usual.</p>
      )}
      {Array.from({ length: 9 }, (_, at) => at).map((at) =>
        grid ? (
          <Skeleton key={at} className="h-36" />
        ) : (
          <span key={at} className="flex h-9 items-center gap-3 pl-8">
            <Skeleton className="h-6 w-9" />
            <Skeleton className="h-3 w-1/3" />
          </span>
        ),
      )}
    </div>
  );
}
