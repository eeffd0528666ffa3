import type { EntrySort } from '#lib/assets/schema.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { BrowseView } from './browse-href.ts';
import type { EntriesPage } from './use-folder-listing.ts';

/** What the page of a folder is given by the server. */
export interface BrowseScreenProps {
  library: LibraryView;
  path: string;
  /** What the server rendered with, and the moment of it. `at`: when, in ms. Null: there was nothing at that moment. */
  first: {
    page: EntriesPage;
    at: number;
    sort: EntrySort;
    kind: string | null;
    moment: string | null;
    /** Only what differs from now. */
    differs: boolean;
  } | null;
  /** Where the changes stood before the page was read. */
  changesCursor: string;
  /** By the browser's own word; used until the width is known. */
  phoneHint: boolean;
  /** What is shown when the address does not say. */
  usualView: BrowseView;
}
