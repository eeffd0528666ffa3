import { compareKeys } from './key-order.ts';
import { listVersionKeys } from './list-version-keys.ts';
import { commonPrefix, planRanges } from './plan-ranges.ts';
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
 * @param mayBeAbsent keys that a listing of their range is believed to have nothing of. Of others it is not: a file hides the keys below it from
 *   listings of some stores (s3-facts 7c), so each is asked for by itself
 * @throws AppError store_unavailable
 */
export async function listVersionsOf(
  bucket: string,
  keys: readonly string[],
  mayBeAbsent: ReadonlySet<string> = new Set(),
): Promise<Map<string, ListedVersion[]>> {
  const found = new Map<string, ListedVersion[]>();
  const folders = Map.groupBy(new Set(keys), (key) => key.slice(0, key.lastIndexOf('/') + 1));
  for (const folder of folders.values()) {
    for (const group of planRanges(folder.sort(compareKeys))) {
      const isWhole = group.length >= worthListing && (await listRange(bucket, group, found));
      if (isWhole) for (const key of group) if (mayBeAbsent.has(key) && !found.has(key)) found.set(key, []);
    }
  }
  const rest = [...new Set(keys)].filter((key) => !found.has(key)).values();
  const lane = async () => {
    for (const key of rest) found.set(key, await listKeyVersions({ bucket, key }));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
}

/**
 * Only what was met is put in.
 * @param keys sorted
 * @returns whether the range was listed to its end
 */
async function listRange(bucket: string, keys: string[], found: Map<string, ListedVersion[]>): Promise<boolean> {
  const [first = ''] = keys;
  const prefix = commonPrefix(keys);
  // A listing begins behind its marker, and MinIO wants the prefix in it.
  const before = first.slice(0, -1);
  const after = before.length > prefix.length && before.isWellFormed() ? before : null;
  const wanted = new Set(keys);
  let pages = 0;
  for await (const page of listVersionKeys({ bucket, prefix, after, upTo: keys.at(-1) ?? null })) {
    for (const { key, versions } of page.keys) if (wanted.has(key)) found.set(key, versions);
    pages += 1;
    if (page.upTo === null) return true;
    if (pages === mostPages) return false;
  }
  return true;
}
