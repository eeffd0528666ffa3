import type { Entry } from '#lib/assets/schema.ts';

/** Sizes in CSS pixels, from UI.md "Browse, grid". */
export const gridSizes = {
  wide: { gap: 10, target: 146, folder: 44, folderMin: 160, foot: 29, rowGap: 11 },
  /** With a second line under the name: where the result is. */
  found: { gap: 10, target: 146, folder: 44, folderMin: 160, foot: 45, rowGap: 11 },
  phone: { gap: 6, target: 142, folder: 44, folderMin: 150, foot: 13, rowGap: 3 },
} as const;
export type GridSizes = (typeof gridSizes)['wide' | 'found' | 'phone'];

export type GridSlot = { index: number; left: number; width: number };
/** A row of folder cards or of pictures; `height` is without the gap below it. */
export type GridRow = { kind: 'folders' | 'assets'; top: number; height: number; picture: number; slots: GridSlot[] };

/** What is not measured yet gets the shape of a photo, so that its slot has its size before its content. */
const unknownRatio = 3 / 2;
/** A panorama or a receipt must not take a row, or none. */
const widest = 3;
const narrowest = 0.56;

/**
 * Where each entry of a grid stands: folders as cards first, then justified rows of pictures in whole pixels that end flush.
 * The last row is not stretched.
 */
export function planRows(entries: readonly Entry[], width: number, sizes: GridSizes): GridRow[] {
  if (width <= 0) return [];
  const rows: GridRow[] = [];
  let top = 0;
  const firstAsset = entries.findIndex((entry) => entry.type === 'asset');
  const folderCount = firstAsset === -1 ? entries.length : firstAsset;
  const columns = Math.max(1, Math.min(4, Math.floor((width + sizes.gap) / (sizes.folderMin + sizes.gap))));
  for (let from = 0; from < folderCount; from += columns) {
    const slots = share(width, sizes.gap, columns)
      .slice(0, Math.min(columns, folderCount - from))
      .map((slot, at) => ({ ...slot, index: from + at }));
    rows.push({ kind: 'folders', top, height: sizes.folder, picture: 0, slots });
    top += sizes.folder + sizes.gap;
  }
  if (folderCount > 0 && folderCount < entries.length) top += 6;

  let from = folderCount;
  while (from < entries.length) {
    let ratios = 0;
    let to = from;
    // One more as long as the row would be higher than the target.
    while (to < entries.length && (ratios === 0 || heightOf(ratios, to - from) > sizes.target)) {
      ratios += ratioOf(entries[to] as Entry);
      to += 1;
    }
    const full = heightOf(ratios, to - from) <= sizes.target;
    // A last row that is not full is as high as the one above it.
    const above = rows.at(-1);
    const rest = above?.kind === 'assets' ? above.picture : sizes.target;
    const picture = full ? Math.round(heightOf(ratios, to - from)) : rest;
    const slots: GridSlot[] = [];
    let left = 0;
    for (let index = from; index < to; index++) {
      const last = full && index === to - 1;
      const own = last ? width - left : Math.round(ratioOf(entries[index] as Entry) * picture);
      slots.push({ index, left, width: Math.min(own, width) });
      left += own + sizes.gap;
    }
    rows.push({ kind: 'assets', top, height: picture + sizes.foot, picture, slots });
    top += picture + sizes.foot + sizes.rowGap;
    from = to;
  }
  return rows;

  function heightOf(sum: number, count: number): number {
    return (width - (count - 1) * sizes.gap) / sum;
  }
}

/** Columns of whole pixels that fill a width; the first ones take what is left over. */
function share(width: number, gap: number, columns: number): { left: number; width: number }[] {
  const room = width - gap * (columns - 1);
  const base = Math.floor(room / columns);
  const more = room - base * columns;
  let left = 0;
  return Array.from({ length: columns }, (_, at) => {
    const slot = { left, width: base + (at < more ? 1 : 0) };
    left += slot.width + gap;
    return slot;
  });
}

function ratioOf(entry: Entry): number {
  if (entry.type !== 'asset' || !entry.width || !entry.height) return unknownRatio;
  return Math.min(widest, Math.max(narrowest, entry.width / entry.height));
}

/** The entry that an arrow leads to, by what stands nearest above or below. Null at the edge. */
export function neighbour(
  rows: readonly GridRow[],
  index: number,
  to: 'left' | 'right' | 'up' | 'down',
  count: number,
): number | null {
  if (to === 'left') return index > 0 ? index - 1 : null;
  if (to === 'right') return index < count - 1 ? index + 1 : null;
  const at = rows.findIndex((row) => row.slots.some((slot) => slot.index === index));
  const here = rows[at]?.slots.find((slot) => slot.index === index);
  const next = rows[at + (to === 'up' ? -1 : 1)];
  if (!here || !next) return null;
  const middle = here.left + here.width / 2;
  let best: GridSlot | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const slot of next.slots) {
    const distance = Math.abs(slot.left + slot.width / 2 - middle);
    if (distance < bestDistance) [best, bestDistance] = [slot, distance];
  }
  return best?.index ?? null;
}
