import type { Entry } from '#lib/assets/schema.ts';

/** Sizes in CSS pixels, from UI.md "Browse, grid": S, M and L are heights of the pictures. */
const wide = { gap: 10, folder: 44, folderMin: 160, foot: 29, rowGap: 11 };
const phone = { gap: 6, folder: 44, folderMin: 150, foot: 13, rowGap: 3 };
export const gridSizes = {
  wide: { small: { ...wide, target: 110 }, medium: { ...wide, target: 146 }, large: { ...wide, target: 220 } },
  /** With a second line under the name: where the result is. */
  found: {
    small: { ...wide, foot: 45, target: 110 },
    medium: { ...wide, foot: 45, target: 146 },
    large: { ...wide, foot: 45, target: 220 },
  },
  phone: { small: { ...phone, target: 104 }, medium: { ...phone, target: 142 }, large: { ...phone, target: 210 } },
} as const;
export type GridSizes = {
  gap: number;
  target: number;
  folder: number;
  folderMin: number;
  foot: number;
  rowGap: number;
};

export type GridSlot = { index: number; left: number; width: number };
/** A row of folder cards or of pictures; `height` is without the gap below it, `top` within its part. */
export type GridRow = { kind: 'folders' | 'assets'; top: number; height: number; picture: number; slots: GridSlot[] };

/** A panorama or a receipt must not take a row, or none. */
const widest = 3;
const narrowest = 0.56;
/** Shape of a slot whose picture was not measured, so that it has its size before its content. */
const usualRatio: Record<string, number> = { image: 3 / 2, video: 16 / 9, audio: 1, document: 3 / 4, text: 3 / 4 };
const unknownRatio = 3 / 2;

export function ratioOf(entry: Entry | undefined): number {
  if (entry?.type !== 'asset') return unknownRatio;
  if (!entry.width || !entry.height) return usualRatio[entry.kind] ?? 1;
  return Math.min(widest, Math.max(narrowest, entry.width / entry.height));
}

/**
 * Justified rows of pictures in whole pixels that end flush.
 * @param ratios width by height of each picture
 * @param first index of the first one
 * @param open whether others follow in the same flow: then the last row ends flush too, else it is not stretched
 */
export function planRows(
  ratios: readonly number[],
  width: number,
  sizes: GridSizes,
  first: number,
  open: boolean,
): GridRow[] {
  if (width <= 0 || ratios.length === 0) return [];
  const cuts = cutRows(ratios, width, sizes);
  if (open) spreadTail(cuts, ratios, width, sizes);
  const rows: GridRow[] = [];
  let top = 0;
  let from = 0;
  for (const to of cuts) {
    const own = ratios.slice(from, to);
    const full = heightOf(own, width, sizes);
    const flush = open || full <= sizes.target || to < ratios.length;
    // A last row that is not full is as high as the one above it.
    const picture = flush ? Math.round(full) : (rows.at(-1)?.picture ?? sizes.target);
    const slots: GridSlot[] = [];
    let left = 0;
    for (const [at, ratio] of own.entries()) {
      const rest = width - left;
      const size = flush && at === own.length - 1 ? rest : Math.min(rest, Math.round(ratio * picture));
      slots.push({ index: first + from + at, left, width: size });
      left += size + sizes.gap;
    }
    rows.push({ kind: 'assets', top, height: picture + sizes.foot, picture, slots });
    top += picture + sizes.foot + sizes.rowGap;
    from = to;
  }
  return rows;
}

/** Where each row ends: one more picture as long as the row would be higher than the target. */
function cutRows(ratios: readonly number[], width: number, sizes: GridSizes): number[] {
  const cuts: number[] = [];
  let from = 0;
  while (from < ratios.length) {
    let to = from;
    let sum = 0;
    while (to < ratios.length && (sum === 0 || (width - (to - from - 1) * sizes.gap) / sum > sizes.target)) {
      sum += ratios[to] ?? unknownRatio;
      to += 1;
    }
    cuts.push(to);
    from = to;
  }
  return cuts;
}

/** Shares what would be a short last row among the rows before it, so that all of them end flush at about the same height. */
function spreadTail(cuts: number[], ratios: readonly number[], width: number, sizes: GridSizes): void {
  const from = cuts.at(-4) ?? 0;
  const tail = ratios.slice(from);
  const sum = tail.reduce((all, ratio) => all + ratio, 0);
  const room = sum * sizes.target + tail.length * sizes.gap;
  const rows = Math.max(1, Math.round(room / (width + sizes.gap)));
  cuts.splice(Math.max(0, cuts.length - 3));
  let passed = 0;
  let wanted = 1;
  for (const [at, ratio] of tail.entries()) {
    passed += ratio;
    // Halfway into a picture the row ends after it.
    if (passed >= (sum * wanted) / rows - ratio / 2 && wanted < rows && at < tail.length - 1) {
      cuts.push(from + at + 1);
      wanted += 1;
    }
  }
  cuts.push(ratios.length);
}

function heightOf(ratios: readonly number[], width: number, sizes: GridSizes): number {
  return (width - (ratios.length - 1) * sizes.gap) / ratios.reduce((sum, ratio) => sum + ratio, 0);
}

/** Folder cards that fit side by side: four, fewer where it is narrow. */
export function folderColumns(width: number, sizes: GridSizes): number {
  return Math.max(1, Math.min(4, Math.floor((width + sizes.gap) / (sizes.folderMin + sizes.gap))));
}

/** One row of folder cards: columns of whole pixels that fill the width; the first ones take what is left over. */
export function planFolderRow(row: number, count: number, width: number, sizes: GridSizes): GridRow {
  const columns = folderColumns(width, sizes);
  const room = width - sizes.gap * (columns - 1);
  const base = Math.floor(room / columns);
  const slots: GridSlot[] = [];
  let left = 0;
  for (let at = 0; at < columns && row * columns + at < count; at++) {
    const size = base + (at < room - base * columns ? 1 : 0);
    slots.push({ index: row * columns + at, left, width: size });
    left += size + sizes.gap;
  }
  return { kind: 'folders', top: row * (sizes.folder + sizes.gap), height: sizes.folder, picture: 0, slots };
}
