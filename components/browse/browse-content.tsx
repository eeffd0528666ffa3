import type { useLookBack } from '#components/history/use-look-back.ts';
import type { usePastListing } from '#components/history/use-past-listing.ts';
import { PhoneRecent } from '#components/search/recent-list.tsx';
import type { useSearching } from '#components/search/use-searching.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { browseHref } from './browse-href.ts';
import { EntriesArea } from './entries-area.tsx';
import type { EntriesProps } from './entries-props.ts';
import type { useFolderListing } from './use-folder-listing.ts';
import type { useFolderUrl } from './use-folder-url.ts';

const PastArea = onDemand(() => import('#components/history/past-area.tsx').then((part) => part.PastArea));
const SearchArea = onDemand(() => import('#components/search/search-area.tsx').then((part) => part.SearchArea));

/** What the sheet holds: what was found, the folder at a moment, or the folder. */
export function BrowseContent(
  screen: Omit<EntriesProps, 'library'> & {
    library: LibraryView;
    path: string;
    name: string;
    at: string | null;
    searching: ReturnType<typeof useSearching>;
    lookBack: ReturnType<typeof useLookBack>;
    query: ReturnType<typeof useFolderListing>;
    past: ReturnType<typeof usePastListing>;
    url: ReturnType<typeof useFolderUrl>;
    noUpload: string | undefined;
  },
) {
  const { library, path, name, at, searching, lookBack, query, past, url, noUpload, ...shared } = screen;
  if (searching.asked)
    return (
      <SearchArea
        {...shared}
        library={library.slug}
        folder={path}
        names={{ folder: name, library: library.name }}
        url={url}
        search={searching.search}
        searchUrl={searching.url}
        home={browseHref(library.slug, '')}
      />
    );
  if (searching.isOpen && shared.phone) return <PhoneRecent library={library.slug} pick={searching.field.onType} />;
  if (at !== null)
    return (
      <PastArea
        {...shared}
        library={library.slug}
        url={url}
        past={past}
        later={lookBack.later === null ? null : () => lookBack.step('later')}
        leave={lookBack.leave}
        showAll={lookBack.differs ? () => lookBack.setDiffers(false) : null}
      />
    );
  return <EntriesArea {...shared} library={library} path={path} url={url} query={query} noUpload={noUpload} />;
}
