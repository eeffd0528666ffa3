import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { listVersionKeys } from '#lib/storage/list-version-keys.ts';
import { takeTicket } from '../take-ticket.ts';
import { type Difference, reconcileWindow } from './reconcile-window.ts';

/** After every other character of Unicode, so that a path with it lies at the end of its folder. */
const last = '\u{10ffff}';

/**
 * Compares one folder with the bucket and repairs what differs, without a run or shards: for a folder that a file of the same name hid
 * from listings until it was removed. A folder that is empty on both sides costs one listing.
 * @param path ends in "/", or is "" for the whole library
 * @throws AppError store_unavailable, database_unavailable
 */
export async function reconcileFolder(
  library: LibraryContext,
  path: string,
  signal?: AbortSignal,
): Promise<Difference[]> {
  const context = { library, ticket: await takeTicket(), repair: true, signal };
  const differences: Difference[] = [];
  // "." is the byte before "/". What little of the neighbours lies in between is asked for one by one.
  let after = path === '' ? '' : `${path.slice(0, -1)}.${last}`;
  const end = path + last;
  const pages = listVersionKeys({
    bucket: library.bucket,
    prefix: toKey(library, path),
    after: null,
    upTo: null,
    signal,
  });
  for await (const page of pages) {
    const upTo = page.upTo === null ? end : page.upTo.slice(library.rootPrefix.length);
    const found = await reconcileWindow(context, { keys: page.keys, after, upTo });
    differences.push(...found.differences);
    after = upTo;
  }
  return differences;
}
