import { listVersionKeys } from './list-version-keys.ts';
import type { ListedVersion } from './types.ts';
import { listKeyVersions } from './versions.ts';

/** Keys of one folder from which a listing of their range is cheaper than asking for each. */
const worthListing = 8;
/** Pages of 1,000 that are read for a range before the rest of its keys is asked for one by one: others may lie in between. */
const mostPages = 2;
/** Keys asked for at once. */
const lanes = 8;

/**
 * What the store holds of many keys, each newest first in the store's own order. Keys that lie together are listed together.
 * @param keys in any order; a key of which nothing is there has an empty list
 * @throws AppError store_unavailable
 */
export async function listVersionsOf(bucket: string, keys: readonly string[]): Promise<Map<string, ListedVersion[]>> {
  const found = new Map<string, ListedVersion[]>();
  const groups = Map.groupBy(new Set(keys), (key) => key.slice(0, key.lastIndexOf('/') + 1));
  for (const group of groups.values()) {
    if (group.length >= worthListing) await listRange(bucket, group, found);
  }
  const rest = [...new Set(keys)].filter((key) => !found.has(key)).values();
  const lane = async () => {
    for (const key of rest) found.set(key, await listKeyVersions({ bucket, key }));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}

/** Only what was met is put in: a key that a listing does not show may still be there (s3-facts 7c), and is asked for by itself. */
async function listRange(bucket: string, keys: string[], found: Map<string, ListedVersion[]>): Promise<void> {
  const wanted = new Set(keys);
  let pages = 0;
  for await (const page of listVersionKeys({ bucket, prefix: commonPrefix(keys), after: null, upTo: last(keys) })) {
    for (const { key, versions } of page.keys) if (wanted.has(key)) found.set(key, versions);
    pages += 1;
    if (pages === mostPages) return;
  }
}

function commonPrefix([first = '', ...rest]: string[]): string {
  let end = first.length;
  for (const key of rest) {
    let at = 0;
    while (at < end && key[at] === first[at]) at += 1;
    end = at;
  }
  // Not through the middle of a surrogate pair.
  const cut = first.slice(0, end);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** In the order of bytes, as the store lists. */
function last(keys: string[]): string {
  return keys.reduce((a, b) => (Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 ? b : a));
}
