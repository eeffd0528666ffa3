import type { QueryClient } from '@tanstack/react-query';
import type { Folders } from '#components/browse/read-folders.ts';
import type { Snapshot } from '#components/browse/use-folder-listing.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { foldText } from '#lib/search/fold-text.ts';
import type { SoughtWord } from '#lib/search/plan-words.ts';

/** Entries looked at for an answer at most, so that it is there before the next letter. */
const mostSeen = 20_000;

/**
 * What the page has read already and holds all words: the palette's first answer, before the server's.
 * Where the name itself begins with the first word it comes first.
 */
export function findCached(
  queries: QueryClient,
  library: string,
  words: readonly SoughtWord[],
  limit: number,
): Entry[] {
  if (words.length === 0) return [];
  const found: { entry: Entry; rank: number }[] = [];
  const known = new Set<string>();
  let seen = 0;
  for (const entry of cachedEntries(queries, library)) {
    seen += 1;
    if (seen > mostSeen) break;
    if (known.has(entry.path)) continue;
    const path = ` ${foldText(entry.path)}`;
    if (!words.every(({ text, anywhere }) => path.includes(anywhere ? text : ` ${text}`))) continue;
    known.add(entry.path);
    const name = foldText(entry.name);
    const [first] = words as [SoughtWord];
    found.push({ entry, rank: name.startsWith(first.text) ? 0 : name.includes(first.text) ? 1 : 2 });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.entry.path.length - b.entry.path.length)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

function* cachedEntries(queries: QueryClient, library: string): Generator<Entry> {
  for (const [, data] of queries.getQueriesData<Folders>({ queryKey: ['folders', library] }))
    yield* data?.folders ?? [];
  for (const [, data] of queries.getQueriesData<Snapshot>({ queryKey: ['entries', library] }))
    for (const block of data?.blocks ?? []) yield* block.entries ?? [];
}
