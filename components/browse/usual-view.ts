import type { BrowseView } from './browse-href.ts';

/** Where this browser remembers the view that was chosen last; the server reads it, so that the first picture is the right one. */
export const viewCookie = 'strata-view';

let chosen: BrowseView | null = null;

/** What a folder is shown as when its address does not say: pictures, until somebody chooses the list. */
export function readUsualView(cookie: string | undefined): BrowseView {
  return cookie === 'list' ? 'list' : 'grid';
}

/** What was chosen in this tab comes before what the server knew when it made the page. */
export const usualView = (known: BrowseView): BrowseView => chosen ?? known;

/** Keeps it for a year, or where cookies are barred as long as the tab. */
export function rememberView(view: BrowseView): void {
  chosen = view;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
  document.cookie = `${viewCookie}=${view}; path=/; max-age=31536000; samesite=lax`;
}
