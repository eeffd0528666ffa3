import { compareKeys } from './key-order.ts';
import type { ListedVersion } from './types.ts';
import { listVersionsPage, type VersionsPage } from './versions.ts';

/** Every version and marker of one key, newest first, in the store's own order. */
export type ListedKey = { key: string; versions: ListedVersion[] };

/** Keys that are complete, ascending. Every key up to and including `upTo` has been listed; null: everything in the range. */
export type KeyPage = { keys: ListedKey[]; upTo: string | null };

/**
 * Lists the versions of a range of keys, `after` exclusive and `upTo` inclusive, page by page and key by key.
 *
 * - A key's versions may be split over pages: it is given out when the next key or the end was seen (s3-facts 3.6).
 * - One page is asked for ahead, so that the store works while the caller does. Memory: two pages and the versions of one key.
 * - To go on later, start again after the last key: MinIO's own marker holds a cache id that dies with the server (s3-facts 7c).
 * - MinIO answers later pages from what it read when the listing began, so what it lists is as old as the first request.
 * @throws AppError store_unavailable
 */
export async function* listVersionKeys(range: {
  bucket: string;
  prefix: string;
  after: string | null;
  upTo: string | null;
  signal?: AbortSignal | undefined;
  /** 1 to 1,000; for tests. */
  pageSize?: number | undefined;
}): AsyncGenerator<KeyPage> {
  const { bucket, prefix, signal } = range;
  const ask = (position: { keyMarker?: string; versionIdMarker?: string | undefined }): Promise<VersionsPage> => {
    signal?.throwIfAborted();
    const page = listVersionsPage({
      bucket,
      prefix,
      ...position,
      ...(range.pageSize ? { maxKeys: range.pageSize } : {}),
    });
    // Heard when its turn comes; until then a rejection would count as unheard and end the process.
    page.catch(() => {});
    return page;
  };
  let open = null as ListedKey | null;
  let ahead: Promise<VersionsPage> | null = ask(range.after === null ? {} : { keyMarker: range.after });
  while (ahead) {
    const page: VersionsPage = await ahead;
    const beyond = page.versions.findIndex(({ key }) => range.upTo !== null && compareKeys(key, range.upTo) > 0);
    const versions = beyond === -1 ? page.versions : page.versions.slice(0, beyond);
    ahead = page.next && beyond === -1 ? ask(page.next) : null;
    const keys: ListedKey[] = [];
    for (const version of versions) {
      if (open?.key === version.key) {
        // VersityGW repeats the entry at the boundary of two pages.
        if (open.versions.at(-1)?.versionId !== version.versionId) open.versions.push(version);
        continue;
      }
      if (open) keys.push(open);
      open = { key: version.key, versions: [version] };
    }
    if (ahead === null && open) keys.push(open);
    const last = keys.at(-1);
    if (ahead === null) yield { keys, upTo: null };
    else if (last) yield { keys, upTo: last.key };
  }
}
