import type { EntrySort } from '#lib/assets/schema.ts';

export type BrowseView = 'list' | 'grid';
export type BrowseOptions = {
  sort?: EntrySort;
  /** Absent: as this browser remembers. */
  view?: BrowseView | undefined;
  asset?: string;
  /** The folder as of this moment, RFC 3339. */
  at?: string | null;
  /** Of that moment only what differs from now. */
  differs?: boolean;
};

/** Characters that some proxy, browser or router reads as something else inside an address, even when they are encoded. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const awkward = /[%\\\u0000-\u001f\u007f]/;

/**
 * The address of a folder. An ordinary path stands in the address itself; an odd one (empty or dot segments, "%", "\") in the query,
 * because addresses are normalised on their way.
 */
export function browseHref(library: string, path: string, options: BrowseOptions = {}): string {
  const segments = path === '' ? [] : path.replace(/\/$/, '').split('/');
  const odd = segments.some((segment) => segment === '' || segment === '.' || segment === '..') || awkward.test(path);
  const query = new URLSearchParams();
  if (odd) query.set('path', path);
  if (options.sort && options.sort !== 'name') query.set('sort', options.sort);
  if (options.view) query.set('view', options.view);
  if (options.asset) query.set('asset', options.asset);
  if (options.at) query.set('at', options.at);
  if (options.at && options.differs) query.set('show', 'different');
  const place = odd ? '' : segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
  return `/browse/${library}${place}${query.size > 0 ? `?${query}` : ''}`;
}

/** The folder path that an address names: "" or ending in "/". `segments` as the router gives them, still encoded. */
export function pathOfAddress(segments: string[] | undefined, query: string | undefined): string {
  if (query !== undefined) return query === '' || query.endsWith('/') ? query : `${query}/`;
  return (segments ?? []).map((segment) => `${decode(segment)}/`).join('');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A "%" that encodes nothing stands for itself.
    return segment;
  }
}
