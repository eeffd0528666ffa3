import type { StartInput } from '#components/trash/use-operations.tsx';
import type { Entry } from '#lib/assets/schema.ts';
import { entryKey } from './entry-key.ts';

/** A run of entries that is read at once. Ordered by date all of one month. */
export type Block = {
  /** Place of its first entry in the whole list. */
  from: number;
  count: number;
  of: 'folders' | 'assets';
  month: string | null;
  /** Undefined until it was read. */
  entries: readonly Entry[] | undefined;
};

/**
 * What a list or a grid draws: entries by their place, of which only those near the screen need to be known. Folders stand first.
 * The whole length is known from the start, so that the scrollbar is true and any place can be jumped to.
 */
export interface Listing {
  count: number;
  folders: number;
  blocks: readonly Block[];
  at: (index: number) => Entry | undefined;
  /** Place of an entry among those that are known, else -1. */
  indexOf: (key: string) => number;
  /** Whether every entry is known. */
  complete: boolean;
  /** Asks for the entries of these places; nothing happens where they are known or on their way. */
  need: (from: number, to: number) => void;
  /** The entries of these places, once they are read. */
  load: (from: number, to: number) => Promise<Entry[]>;
  /** What "all files" means to an operation, and how many that are. Null where nobody can say. */
  scope: Scope | null;
}

export type Scope = { query: Extract<StartInput['selection'], { query: unknown }>['query']; total: number };
type Loading = Pick<Listing, 'need' | 'load' | 'scope'>;
const places = new WeakMap<readonly Entry[], Map<string, number>>();

/** @param blocks without gaps, folders first */
export function makeListing(blocks: readonly Block[], loading: Loading): Listing {
  const last = blocks.at(-1);
  const known = blocks.filter(({ entries }) => entries !== undefined);
  return {
    ...loading,
    blocks,
    count: last ? last.from + last.count : 0,
    folders: blocks.reduce((sum, block) => sum + (block.of === 'folders' ? block.count : 0), 0),
    complete: known.length === blocks.length,
    at(index) {
      const block = blocks[blockAt(blocks, index)];
      return block?.entries?.[index - block.from];
    },
    indexOf(key) {
      for (const { from, entries } of known) {
        const at = placesOf(entries as readonly Entry[]).get(key);
        if (at !== undefined) return from + at;
      }
      return -1;
    },
  };
}

/** A list of which everything so far is known; `more` asks for the rest at its end. */
export function listingOf(entries: readonly Entry[], more: () => void = () => {}, scope: Scope | null = null): Listing {
  return makeListing(blocksOf(entries, null), {
    scope,
    need: (_, to) => {
      if (to >= entries.length - 40) more();
    },
    load: async (from, to) => entries.slice(from, to + 1),
  });
}

/** Blocks of entries that are all known: folders, then files, a block a month if they are ordered by it. */
export function blocksOf(entries: readonly Entry[], monthOf: ((entry: Entry) => string) | null): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  while (from < entries.length) {
    const first = entries[from] as Entry;
    const of = first.type === 'folder' ? 'folders' : 'assets';
    const month = of === 'assets' && monthOf ? monthOf(first) : null;
    let to = from + 1;
    while (to < entries.length) {
      const entry = entries[to] as Entry;
      if ((entry.type === 'folder') !== (of === 'folders') || (month !== null && monthOf?.(entry) !== month)) break;
      to += 1;
    }
    blocks.push({ from, count: to - from, of, month, entries: entries.slice(from, to) });
    from = to;
  }
  return blocks;
}

/** Number of the block that holds a place; -1 outside. */
export function blockAt(blocks: readonly Block[], index: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle] as Block;
    if (index < block.from) high = middle - 1;
    else if (index >= block.from + block.count) low = middle + 1;
    else return middle;
  }
  return -1;
}

function placesOf(entries: readonly Entry[]): Map<string, number> {
  let found = places.get(entries);
  if (!found) {
    found = new Map(entries.map((entry, at) => [entryKey(entry), at]));
    places.set(entries, found);
  }
  return found;
}
