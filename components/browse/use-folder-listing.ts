'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AssetKind, Entry, EntrySort } from '#lib/assets/schema.ts';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import { BlockLoader } from './block-loader.ts';
import { type Block, blocksOf, type Listing, makeListing } from './listing.ts';
import { pageSize } from './page-size.ts';

export type EntriesPage = OutputOf<'GET /libraries/{library}/entries'>;
export type Listed = { library: string; path: string; sort: EntrySort; kind: AssetKind | null };

/**
 * A folder as far as it was read: its head, where its blocks begin, and the entries of some of them. One that comes from the store, while its
 * bucket is being indexed, has no outline: it goes on page by page at `next`.
 */
export type Snapshot = {
  head: EntriesPage;
  blocks: readonly (Block & { start: string | null })[];
  whole: boolean;
  next: string | null;
};

/** Changes are heard as they come, so a page that was read is not old by itself. Ms. */
const staleMs = 60_000;

/** The second part of every such key is the library, the third the folder: changes are matched by them. */
export function entriesKey({ library, path, sort, kind }: Listed) {
  return ['entries', library, path, sort, kind] as const;
}

/**
 * The entries of a folder by their place.
 * @param first what the server rendered with
 * @param on false while the past is shown: what is known of the present stays, and nothing is read
 */
export function useFolderListing(listed: Listed, first: { page: EntriesPage; at: number } | null, on = true) {
  const { library, path, sort, kind } = listed;
  const queries = useQueryClient();
  const wanted = useRef({ from: 0, to: pageSize });
  const query = useQuery({
    queryKey: entriesKey(listed),
    queryFn: ({ signal }) => readSnapshot(listed, wanted.current, signal),
    staleTime: staleMs,
    enabled: on,
    // An answer that the server rendered a moment ago needs no second asking, unless it is only the beginning.
    ...(first
      ? {
          initialData: headOnly(first.page, sort),
          initialDataUpdatedAt: first.page.nextCursor === null ? first.at : 0,
        }
      : {}),
  });
  const [failed, setFailed] = useState(false);
  const loader = useMemo(() => {
    const own: Listed = { library, path, sort, kind };
    return new BlockLoader(
      (block, signal) => readBlock(own, block, signal),
      (block, entries) => keep(queries, own, block, entries, wanted.current),
      setFailed,
    );
  }, [queries, library, path, sort, kind]);
  useEffect(() => () => loader.stop(), [loader]);

  // What was listed is no longer there, or no longer yours: nothing of it can be chosen.
  const gone = query.error instanceof ApiError && query.error.code === 'not_found';
  const snapshot = gone ? undefined : query.data;
  const listing = useMemo((): Listing => {
    const blocks = snapshot?.blocks ?? [];
    return makeListing(blocks, {
      scope: {
        query: { path, direct: true, ...(kind ? { kind } : {}) },
        total: blocks.reduce((sum, { of, count }) => sum + (of === 'assets' ? count : 0), 0),
      },
      need: (from, to) => {
        wanted.current = { from, to };
        if (snapshot?.next && to >= blocks.reduce((sum, { count }) => sum + count, 0) - 40)
          void goOn(queries, { library, path, sort, kind }, snapshot, setFailed);
        loader.want(blocks, from, to);
      },
      load: (from, to) => loader.load(blocks, from, to),
    });
  }, [snapshot, queries, library, path, sort, kind, loader]);
  return {
    listing,
    head: snapshot?.head ?? null,
    /** Its end is not known yet: the server sent the first page only. */
    partial: snapshot !== undefined && !snapshot.whole,
    known: query.data !== undefined,
    isPending: query.isPending,
    error: query.error,
    refreshing: query.isRefetching && snapshot?.whole === true,
    refetch: query.refetch,
    /** A block could not be read; `retry` asks again. */
    failed,
    retry: () => {
      loader.retry();
      if (snapshot?.next) void query.refetch();
    },
  };
}

const goingOn = new Set<string>();

/** The next page of a folder that comes from the store. Its folders join the others at the top: a store lists both by name. */
async function goOn(
  queries: QueryClient,
  listed: Listed,
  now: Snapshot,
  tellFailed: (failed: boolean) => void,
): Promise<void> {
  const cursor = now.next;
  if (cursor === null || goingOn.has(cursor)) return;
  goingOn.add(cursor);
  const { library, path, sort, kind } = listed;
  try {
    const page = await api('GET /libraries/{library}/entries', {
      library,
      path,
      sort,
      limit: pageSize,
      cursor,
      ...(kind ? { kind } : {}),
    });
    const entries = [...now.blocks.flatMap((block) => block.entries ?? []), ...page.entries];
    const ordered = [
      ...entries.filter(({ type }) => type === 'folder'),
      ...entries.filter(({ type }) => type === 'asset'),
    ];
    queries.setQueryData<Snapshot>(entriesKey(listed), (before) =>
      before === now
        ? { ...now, blocks: blocksOf(ordered, null).map((block) => ({ ...block, start: null })), next: page.nextCursor }
        : before,
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tellFailed(true);
  } finally {
    goingOn.delete(cursor);
  }
}

/** Entries that are kept at most; the rest is read again when somebody comes back to it. */
const mostKept = 20_000;

function keep(queries: QueryClient, listed: Listed, read: Block, entries: Entry[], near: { from: number }): void {
  const key = entriesKey(listed);
  queries.setQueryData<Snapshot>(
    key,
    (now) => {
      const at = now?.blocks.findIndex(
        (block) => block === read || (block.from === read.from && block.count === read.count),
      );
      if (!now || at === undefined || at === -1) return now;
      const blocks = now.blocks.map((block, each) => (each === at ? { ...block, entries } : block));
      return { ...now, blocks: forgetFar(blocks, near.from) };
    },
    { updatedAt: queries.getQueryState(key)?.dataUpdatedAt },
  );
  // The folder changed after its blocks were counted.
  if (entries.length !== read.count)
    void queries.invalidateQueries({ queryKey: key, exact: true }, { cancelRefetch: false });
}

function forgetFar<B extends Block>(blocks: B[], near: number): B[] {
  const held = blocks.filter(({ entries }) => entries !== undefined);
  let kept = held.reduce((sum, { count }) => sum + count, 0);
  if (kept <= mostKept) return blocks;
  const drop = new Set<B>();
  for (const block of held.toSorted((a, b) => Math.abs(b.from - near) - Math.abs(a.from - near))) {
    if (kept <= mostKept) break;
    kept -= block.count;
    drop.add(block);
  }
  return blocks.map((block) => (drop.has(block) ? { ...block, entries: undefined } : block));
}

/** A folder that fits on a page is read with one call; of a longer one the outline and the blocks that are looked at. */
async function readSnapshot(
  listed: Listed,
  wanted: { from: number; to: number },
  signal: AbortSignal,
): Promise<Snapshot> {
  const { library, path, sort, kind } = listed;
  const scope = { library, path, sort, ...(kind ? { kind } : {}) };
  const head = await api('GET /libraries/{library}/entries', { ...scope, limit: pageSize }, { signal });
  if (head.nextCursor === null) return headOnly(head, sort);
  if (head.index.fromStore) return { ...headOnly(head, sort), whole: true, next: head.nextCursor };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const outline = await api('GET /libraries/{library}/outline', { ...scope, zone }, { signal });
  let from = 0;
  const bare = outline.blocks.map((block) => {
    const placed = { ...block, from, entries: undefined };
    from += block.count;
    return placed;
  });
  const near = (block: Block) => block.from <= wanted.to && block.from + block.count > wanted.from;
  const blocks = await Promise.all(
    bare.map(async (block) => (near(block) ? { ...block, entries: await readBlock(listed, block, signal) } : block)),
  );
  return { head, blocks, whole: true, next: null };
}

async function readBlock(
  listed: Listed,
  block: Block & { start?: string | null },
  signal: AbortSignal,
): Promise<Entry[]> {
  const { library, path, sort, kind } = listed;
  const page = await api(
    'GET /libraries/{library}/entries',
    {
      library,
      path,
      sort,
      only: block.of,
      limit: block.count,
      ...(kind ? { kind } : {}),
      ...(block.start ? { cursor: block.start } : {}),
    },
    { signal },
  );
  return page.entries;
}

function headOnly(head: EntriesPage, sort: EntrySort): Snapshot {
  const byMonth = sort === 'modified' || sort === '-modified';
  const blocks = blocksOf(head.entries, byMonth ? monthOf : null).map((block) => ({ ...block, start: null }));
  return { head, blocks, whole: head.nextCursor === null, next: null };
}

/** "2026-11" in the time zone of this computer. */
function monthOf(entry: Entry): string {
  if (entry.type === 'folder') return '';
  const at = new Date(entry.modifiedAt);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;
}
