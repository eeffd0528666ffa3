'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { Info, SearchX, Timer } from 'lucide-react';
import { CallFailed, NotYours } from '#components/browse/browse-states.tsx';
import { Waiting } from '#components/browse/entries-area.tsx';
import type { EntriesProps } from '#components/browse/entries-props.ts';
import { EntryGrid } from '#components/browse/entry-grid.tsx';
import { EntryList } from '#components/browse/entry-list.tsx';
import type { useFolderUrl } from '#components/browse/use-folder-url.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount, formatPercent, formatPlural } from '#components/ui/format.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { FoundProvider } from './found.tsx';
import type { Search } from './use-search.ts';
import type { SearchUrl } from './use-search-url.ts';

type Props = EntriesProps & {
  folder: string;
  /** How the scope and the top are called. */
  names: { folder: string; library: string };
  url: ReturnType<typeof useFolderUrl>;
  search: Search;
  searchUrl: SearchUrl;
  home: string;
};

/** What lies under the bar while one searches: the results as grid or list, or the one state that is true instead. */
export function SearchArea({ folder, names, url, search, searchUrl, home, ...rest }: Props) {
  const { first, error, entries } = search;
  if (error && !search.typing) {
    if (error instanceof ApiError && error.code === 'search_too_slow') return <TooSlow detail={error.detail} />;
    if (error instanceof ApiError && error.code === 'not_found') return <NotYours href={home} />;
    return <CallFailed error={error} retry={() => void search.refetch()} />;
  }
  if (!first) return <Waiting grid={url.view === 'grid'} label="Searching" />;
  const everywhere = searchUrl.address.in === 'everywhere' || folder === '';
  if (entries.length === 0 && !search.typing)
    return <NothingFound search={search} searchUrl={searchUrl} everywhere={everywhere} names={names} />;
  return (
    <FoundProvider
      value={{ words: search.words, scope: everywhere ? '' : folder, top: everywhere ? names.library : names.folder }}
    >
      <div className={clsx('contents', search.typing && '*:opacity-60')}>
        {first.partial && <Partial page={first} />}
        {url.view === 'grid' ? (
          <div className="pt-3 max-sm:pt-1">
            <EntryGrid {...rest} />
          </div>
        ) : (
          <EntryList {...rest} sort={url.sort} setSort={url.setSort} />
        )}
        {search.isFetchNextPageError && (
          <div className="flex items-center justify-center gap-3 py-3 text-meta text-fg-2">
            The rest of the result could not be read.
            <Button onClick={() => void search.fetchNextPage()}>Try again</Button>
          </div>
        )}
      </div>
    </FoundProvider>
  );
}

/** Not everything was looked at, or not everything is shown: which of the two. */
function Partial({ page }: { page: NonNullable<Search['first']> }) {
  const { index, total } = page;
  const covers =
    index.state !== 'indexing'
      ? null
      : index.progress === null
        ? 'Covers what is indexed so far.'
        : `Covers ${formatPercent(index.progress)} of the library, which is being indexed.`;
  return (
    <div className="-mx-4 max-sm:-mx-3">
      <Banner icon={<Info aria-hidden="true" />}>
        {covers}
        {covers && !total.exact && ' '}
        {!total.exact &&
          `More than ${formatCount(total.count)} match; these are the newest of them. Narrow it by folder or date.`}
      </Banner>
    </div>
  );
}

function TooSlow({ detail }: { detail: string }) {
  return (
    <EmptyState icon={<Timer />} title="This search takes too long">
      {detail}
    </EmptyState>
  );
}

/** Nothing here: says what the nearest wider search would find. */
function NothingFound({
  search,
  searchUrl,
  everywhere,
  names,
}: {
  search: Search;
  searchUrl: SearchUrl;
  everywhere: boolean;
  names: { folder: string; library: string };
}) {
  const { input } = search;
  const filtered = searchUrl.count > 0;
  const sought = input.q === '' ? 'these filters' : `“${input.q}”`;
  const wider = everywhere
    ? filtered && input.q !== ''
      ? { library: input.library, q: input.q, path: '', ...(input.at ? { at: input.at } : {}) }
      : null
    : { ...input, path: '' };
  const { data } = useQuery({
    queryKey: ['search', input.library, 'wider', wider],
    queryFn: ({ signal }) =>
      api('GET /libraries/{library}/search', { ...(wider ?? input), limit: 1, cursor: undefined }, { signal }),
    enabled: wider !== null,
    staleTime: 30_000,
  });
  const found = data ? `${formatCount(data.total.count)}${data.total.exact ? '' : '+'}` : null;
  const files =
    data && data.total.count > 0 ? `${found} ${data.total.count === 1 ? 'file matches' : 'files match'}` : null;
  const where = everywhere ? '' : ` in ${names.folder}`;
  return (
    <EmptyState
      icon={<SearchX />}
      title={`Nothing matches ${sought}${where}`}
      action={
        everywhere ? (
          filtered && <Button onClick={searchUrl.clearFilters}>Clear filters</Button>
        ) : (
          <Button onClick={() => searchUrl.change({ in: 'everywhere' })}>Search everywhere</Button>
        )
      }
    >
      {files === null
        ? everywhere
          ? 'Fewer or shorter words find more.'
          : data &&
            `Nothing in the whole library either. ${filtered ? 'A filter may be too narrow.' : 'Fewer or shorter words find more.'}`
        : everywhere
          ? `${files} without the ${formatPlural(searchUrl.count, 'filter')}.`
          : `${files} in the whole library.`}
    </EmptyState>
  );
}
