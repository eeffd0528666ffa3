'use client';

import { usePastListing } from '#components/history/use-past-listing.ts';
import type { Search } from '#components/search/use-search.ts';
import type { AssetKind, EntrySort } from '#lib/assets/schema.ts';
import type { BrowseScreenProps } from './browse-screen-props.ts';
import { useCollection } from './use-collection.ts';
import { useFolderListing } from './use-folder-listing.ts';

/** The entries that are shown: those of the folder now or at a moment, or what a search found; and what is chosen of them. */
export function useListed(
  screen: Pick<BrowseScreenProps, 'library' | 'path' | 'first'> & {
    sort: EntrySort;
    kind: AssetKind | null;
    at: string | null;
    differs: boolean;
    search: Search;
  },
) {
  const { library, path, first, sort, kind, at, differs, search } = screen;
  const listed = { library: library.slug, path, sort, kind };
  const rendered = first?.sort === sort && first.kind === kind ? first : null;
  const query = useFolderListing(listed, rendered?.moment === null ? rendered : null, at === null);
  const isPast = rendered !== null && rendered.moment === at && rendered.differs === differs;
  const past = usePastListing(listed, at, differs, isPast ? rendered : null);
  // What is there now stays until the past has come.
  const ofFolder = at === null || (past.isPending && query.known) ? query.listing : past.listing;
  const listing = search.asked ? search.listing : ofFolder;
  const collection = useCollection(listing, `${library.slug}/${path}${search.asked ? '?search' : ''}${at ?? ''}`);
  return { query, past, listing, collection };
}
