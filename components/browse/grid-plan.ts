import type { Entry } from '#lib/assets/schema.ts';
import type { Block, Listing } from './listing.ts';
import {
  folderColumns,
  type GridRow,
  type GridSizes,
  type GridSlot,
  planFolderRow,
  planRows,
  ratioOf,
} from './plan-rows.ts';

/** Height of the head of a month (UI.md "Browse, grid"). */
export const monthHead = 38;
/** Between folders and files. */
const afterFolders = 6;

/** A run of rows: all folders, or one block of files. `top` counts from the top of the grid, as everything here but `GridRow.top`. */
type Part = {
  from: number;
  count: number;
  top: number;
  height: number;
  rowFrom: number;
  rows: number;
  row: (at: number) => GridRow;
};
export type GridSection = {
  month: string | null;
  count: number;
  top: number;
  height: number;
  rowFrom: number;
  parts: Part[];
};
export type PlacedRow = GridRow & { rowIndex: number };

/**
 * Where everything in a grid stands. Blocks whose entries are not known yet are laid out with usual shapes: their height changes a
 * little when they come, and only then; what is in view is kept in its place by `useWindow`.
 */
export interface GridPlan {
  height: number;
  rowCount: number;
  sections: readonly GridSection[];
  rowsOf: (section: GridSection, top: number, bottom: number) => PlacedRow[];
  rowAt: (index: number) => PlacedRow | null;
  /** The first entry at or below a height. */
  indexAt: (top: number) => number;
  neighbour: (index: number, to: 'left' | 'right' | 'up' | 'down') => number | null;
  /** Entries that a rectangle touches, with their pictures. */
  within: (box: { left: number; right: number; top: number; bottom: number }) => number[];
}

const planned = new WeakMap<readonly Entry[], Map<string, GridRow[]>>();
/** Plans of blocks that are not read yet: they differ by their length only. */
const unread = new Map<string, GridRow[]>();

export function planGrid(
  listing: Pick<Listing, 'blocks' | 'folders' | 'count'>,
  width: number,
  sizes: GridSizes,
): GridPlan {
  const sections = width > 0 ? planSections(listing, width, sizes) : [];
  const parts = sections.flatMap((section) => section.parts);
  const last = sections.at(-1);

  const partOf = (index: number) =>
    find(parts, (part) => (index < part.from ? -1 : index >= part.from + part.count ? 1 : 0));
  const placed = (part: Part, at: number): PlacedRow => {
    const row = part.row(at);
    return { ...row, top: part.top + row.top, rowIndex: part.rowFrom + at };
  };
  const rowAt = (index: number): PlacedRow | null => {
    const part = partOf(index);
    if (!part) return null;
    const at = search(part.rows, (row) => {
      const { slots } = part.row(row);
      return index < (slots[0] as GridSlot).index ? -1 : index > (slots.at(-1) as GridSlot).index ? 1 : 0;
    });
    return at === -1 ? null : placed(part, at);
  };
  const rowByNumber = (rowIndex: number): PlacedRow | null => {
    const part = find(parts, (each) => (rowIndex < each.rowFrom ? -1 : rowIndex >= each.rowFrom + each.rows ? 1 : 0));
    return part ? placed(part, rowIndex - part.rowFrom) : null;
  };
  const rowsOf = (section: GridSection, top: number, bottom: number): PlacedRow[] => {
    const rows: PlacedRow[] = [];
    for (const part of section.parts) {
      if (part.top > bottom || part.top + part.height < top) continue;
      let at = firstRow(part, top - part.top);
      for (; at < part.rows; at++) {
        const row = placed(part, at);
        if (row.top > bottom) break;
        rows.push(row);
      }
    }
    return rows;
  };
  return {
    height: last ? last.top + last.height : 0,
    rowCount: parts.reduce((sum, part) => sum + part.rows, 0),
    sections,
    rowsOf,
    rowAt,
    indexAt(top) {
      const part = parts.find((each) => each.top + each.height > top);
      if (!part) return Math.max(0, listing.count - 1);
      return part.row(Math.min(part.rows - 1, firstRow(part, top - part.top))).slots[0]?.index ?? part.from;
    },
    neighbour(index, to) {
      if (to === 'left') return index > 0 ? index - 1 : null;
      if (to === 'right') return index < listing.count - 1 ? index + 1 : null;
      const row = rowAt(index);
      const here = row?.slots.find((slot) => slot.index === index);
      const next = row && rowByNumber(row.rowIndex + (to === 'up' ? -1 : 1));
      return here && next ? nearest(next.slots, here.left + here.width / 2) : null;
    },
    within(box) {
      const found: number[] = [];
      for (const section of sections)
        for (const row of rowsOf(section, box.top, box.bottom)) {
          const foot = row.top + (row.kind === 'folders' ? row.height : row.picture);
          if (foot < box.top) continue;
          for (const { index, left, width: size } of row.slots)
            if (left < box.right && left + size > box.left) found.push(index);
        }
      return found;
    },
  };
}

function planSections(listing: Pick<Listing, 'blocks' | 'folders'>, width: number, sizes: GridSizes): GridSection[] {
  const sections: GridSection[] = [];
  let top = 0;
  let rowFrom = 0;
  const add = (section: GridSection, part: Omit<Part, 'top' | 'rowFrom'>) => {
    section.parts.push({ ...part, top, rowFrom });
    section.count += part.count;
    top += part.height;
    rowFrom += part.rows;
    section.height = top - section.top;
  };
  if (listing.folders > 0) {
    const rows = Math.ceil(listing.folders / folderColumns(width, sizes));
    const section: GridSection = { month: null, count: 0, top, height: 0, rowFrom, parts: [] };
    sections.push(section);
    const height = rows * (sizes.folder + sizes.gap) + afterFolders;
    const row = (at: number) => planFolderRow(at, listing.folders, width, sizes);
    add(section, { from: 0, count: listing.folders, height, rows, row });
  }
  const files = listing.blocks.filter(({ of }) => of === 'assets');
  for (const [at, block] of files.entries()) {
    const begins = at === 0 || files[at - 1]?.month !== block.month;
    if (begins) {
      sections.push({ month: block.month, count: 0, top, height: 0, rowFrom, parts: [] });
      if (block.month !== null) top += monthHead;
    }
    const next = files[at + 1];
    const rows = rowsOfBlock(block, width, sizes, next !== undefined && next.month === block.month);
    const end = rows.at(-1);
    add(sections.at(-1) as GridSection, {
      from: block.from,
      count: block.count,
      height: end ? end.top + end.height + sizes.rowGap : 0,
      rows: rows.length,
      row: (each) => shift(rows[each] as GridRow, block.from),
    });
  }
  return sections;
}

/** Rows of a block, counted from its own first entry, so that a block keeps its plan when others come before it. */
function rowsOfBlock(block: Block, width: number, sizes: GridSizes, open: boolean): GridRow[] {
  const name = `${width} ${sizes.target} ${sizes.gap} ${open}`;
  const make = (ratios: number[]) => planRows(ratios, width, sizes, 0, open);
  if (!block.entries) {
    const key = `${block.count} ${name}`;
    const known = unread.get(key);
    if (known) return known;
    // One width has few of these; another width begins anew.
    if (unread.size > 1_000) unread.clear();
    const rows = make(new Array(block.count).fill(ratioOf(undefined)));
    unread.set(key, rows);
    return rows;
  }
  const plans = planned.get(block.entries) ?? new Map<string, GridRow[]>();
  planned.set(block.entries, plans);
  let rows = plans.get(name);
  if (!rows) {
    rows = make(Array.from({ length: block.count }, (_, at) => ratioOf(block.entries?.[at])));
    plans.set(name, rows);
  }
  return rows;
}

function shift(row: GridRow, by: number): GridRow {
  return { ...row, slots: row.slots.map((slot) => ({ ...slot, index: slot.index + by })) };
}

/** The first row of a part that ends below a height. */
function firstRow(part: Part, top: number): number {
  let low = 0;
  let high = part.rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = part.row(middle);
    if (row.top + row.height < top) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(slots: readonly GridSlot[], middle: number): number | null {
  let best: GridSlot | null = null;
  const distance = (slot: GridSlot) => Math.abs(slot.left + slot.width / 2 - middle);
  for (const slot of slots) if (!best || distance(slot) < distance(best)) best = slot;
  return best?.index ?? null;
}

/** Binary search by a comparison that says where the wanted one lies. */
function search(count: number, compare: (at: number) => number): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const side = compare(middle);
    if (side === 0) return middle;
    if (side < 0) high = middle - 1;
    else low = middle + 1;
  }
  return -1;
}

function find<T>(list: readonly T[], compare: (item: T) => number): T | undefined {
  const at = search(list.length, (each) => compare(list[each] as T));
  return at === -1 ? undefined : list[at];
}
