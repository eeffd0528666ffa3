import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/assets/schema.ts';
import { gridSizes, planFolderRow, planRows, ratioOf } from './plan-rows.ts';

const sizes = gridSizes.wide.medium;
const mixed = (count: number) =>
  Array.from({ length: count }, (_, at) => [1.5, 0.75, 2.67, 0.56, 1.78, 3][at % 6] as number);

describe('planRows', () => {
  it.each([320, 366, 695, 1024, 1801])('gives every picture one place, in order, at %i px', (width) => {
    for (const open of [true, false]) {
      const rows = planRows(mixed(57), width, sizes, 5, open);
      expect(rows.flatMap((row) => row.slots.map((slot) => slot.index))).toEqual(
        Array.from({ length: 57 }, (_, at) => at + 5),
      );
    }
  });

  it.each([
    [366, true],
    [695, true],
    [1040, true],
    [695, false],
    [1040, false],
  ])('ends rows flush in whole pixels at %i px (others follow: %s)', (width, open) => {
    const rows = planRows(mixed(60), width, sizes, 0, open);
    for (const row of open ? rows : rows.slice(0, -1)) {
      const last = row.slots.at(-1);
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(width);
      expect(row.slots.every((slot) => Number.isInteger(slot.width) && slot.width > 0)).toBe(true);
    }
    for (const [at, row] of rows.entries()) {
      const next = rows[at + 1];
      if (next) expect(next.top).toBe(row.top + row.height + sizes.rowGap);
    }
  });

  it.each([
    [1, 1.5],
    [3, 1.5],
    [500, 1.5],
    [501, 0.56],
    [500, 3],
    [7, 1.78],
  ])('shares a short last row of %i pictures of %d when others follow', (count, ratio) => {
    const rows = planRows(new Array(count).fill(ratio), 1040, sizes, 0, true);
    // A block of less than a row has nothing to share with; it is as high as it must be.
    const enough = count * ratio * sizes.target > 1040 * 2;
    for (const row of enough ? rows : []) {
      expect(row.picture).toBeGreaterThan(sizes.target * 0.6);
      expect(row.picture).toBeLessThan(sizes.target * 1.7);
    }
    expect(rows.flatMap((row) => row.slots)).toHaveLength(count);
  });

  it('does not stretch the last row of all', () => {
    expect(planRows([1.5], 1000, sizes, 0, false)).toMatchObject([
      { picture: 146, slots: [{ index: 0, left: 0, width: 219 }] },
    ]);
  });

  it('is empty without pictures or width', () => {
    expect(planRows([], 500, sizes, 0, true)).toEqual([]);
    expect(planRows([1, 1], 0, sizes, 0, true)).toEqual([]);
  });
});

describe('planFolderRow', () => {
  it.each([
    [695, 0, 5, [0, 1, 2, 3]],
    [695, 1, 5, [4]],
    [366, 1, 5, [2, 3]],
  ])('at %i px row %i of %i folders holds %j', (width, row, count, wanted) => {
    const { slots } = planFolderRow(row, count, width, sizes);
    expect(slots.map(({ index }) => index)).toEqual(wanted);
    if (slots.length > 1 && slots.length * (row + 1) <= count) {
      const last = slots.at(-1);
      expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(width);
    }
  });
});

describe('ratioOf', () => {
  const asset = (kind: string, width: number | null, height: number | null) =>
    ({ type: 'asset', kind, width, height }) as Entry;
  it.each([
    ['what was measured', asset('image', 6000, 4000), 1.5],
    ['a panorama no wider than three', asset('image', 9000, 1000), 3],
    ['a receipt no narrower than 9:16', asset('image', 100, 4000), 0.56],
    ['a film without sizes', asset('video', null, null), 16 / 9],
    ['a page without sizes', asset('document', null, null), 3 / 4],
    ['what is not known yet', undefined, 1.5],
  ])('%s', (_, entry, wanted) => expect(ratioOf(entry)).toBe(wanted));
});
