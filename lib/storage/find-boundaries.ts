import { compareKeys } from './key-order.ts';
import { listVersionsPage } from './versions.ts';

/** Requests spent on looking around in a bucket whose keys are not known. Each costs as much as a page of 1,000 entries. */
const mostRequests = 96;
/** No key can lie behind it and start with the same prefix, but for one with this very non-character, which is no harm here. */
const last = '\u{10ffff}';

/** One request: the first key after a marker under a prefix. Null: there is none. */
export type FirstKeyAfter = (prefix: string, marker: string) => Promise<string | null>;

/** Steps of one size inside a group; then they grow, so that 10,000 folders in a row cost no 10,000 questions. */
const stepsOfOneSize = 16;

/**
 * Keys that cut a bucket of unknown shape into parts, ascending, for listing the parts at once. It skips through the key space: the first
 * key of a group tells the group inside (a folder, or where there is none a letter), and the next question is asked behind that one. Where
 * one level gives too few groups, it goes on inside them, in breadth.
 * @param wanted how many parts are enough
 * @returns no boundary when the bucket is empty or has one file; parts may differ in weight
 */
export async function findBoundaries(
  wanted: number,
  prefix: string,
  firstKeyAfter: FirstKeyAfter,
  budget = mostRequests,
): Promise<string[]> {
  const left = { requests: budget - 1 };
  const first = await firstKeyAfter(prefix, prefix);
  if (first === null) return [];
  let groups = [prefix];
  /** By the first key behind a cut: two cuts before the same key would leave an empty part between them. */
  const cuts = new Map<string, string>();
  while (groups.length > 0 && groups.length < wanted && left.requests > 0) {
    const found: string[] = [];
    for (const group of groups) {
      for await (const inner of groupsInside(group, firstKeyAfter, left)) {
        if (!inner.whole) found.push(inner.key);
        if (!cuts.has(inner.first)) cuts.set(inner.first, inner.key);
      }
    }
    groups = found;
  }
  // Nothing lies before the first key.
  // A file `e` and another one `e\0` are both cut at `e`.
  const different = [...new Set(cuts.values())];
  const sorted = different.filter((cut) => compareKeys(cut, first) >= 0).sort(compareKeys);
  return thinOut(sorted, wanted - 1);
}

async function* groupsInside(group: string, firstKeyAfter: FirstKeyAfter, left: { requests: number }) {
  let marker = group;
  let before = '';
  /** Characters of a key that make a group; it shrinks as the steps grow. Null: a folder, or a letter. */
  let length: number | null = null;
  for (let step = 1; left.requests > 0; step += 1) {
    left.requests -= 1;
    const key = await firstKeyAfter(group, marker);
    if (key === null) return;
    const inner: string = length === null ? nextGroup(group, key) : cutCharacters(key, length);
    // A key that ends here has nothing inside it.
    const whole = inner === key;
    yield { key: inner, whole, first: key };
    marker = whole ? key : inner + last;
    if (step % stepsOfOneSize === 0) {
      const shorter: number = length === null ? commonLength(before, inner) + 1 : length - 1;
      length = Math.max(group.length + 1, Math.min(shorter, inner.length));
    }
    before = inner;
  }
}

/** "a/b/c.jpg" in group "a/" → "a/b/"; "a/c.jpg" in "a/" → "a/c". */
function nextGroup(group: string, key: string): string {
  const slash = key.indexOf('/', group.length);
  return slash === -1 ? cutCharacters(key, group.length + 1) : key.slice(0, slash + 1);
}

/** At least `length` UTF-16 units of a key, and never half a character. */
function cutCharacters(key: string, length: number): string {
  const cut = key.slice(0, length);
  return cut.isWellFormed() ? cut : key.slice(0, length + 1);
}

function commonLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function thinOut(sorted: string[], most: number): string[] {
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / (most + 1))] as string);
}

/** Asks the store. */
export function firstKeyIn(bucket: string): FirstKeyAfter {
  return async (prefix, marker) => {
    const page = await listVersionsPage({ bucket, prefix, keyMarker: marker, maxKeys: 1 });
    return page.versions[0]?.key ?? null;
  };
}
