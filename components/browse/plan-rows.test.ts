import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/assets/schema.ts';
import { gridSizes, neighbour, planRows } from './plan-rows.ts';

const folder = (name: string): Entry => ({
  type: 'folder',
  name,
  path: `${name}/`,
  assetCount: 1,
  bytes: 1,
  indexed: true,
});
const picture = (id: number, width: number | null = null, height: number | null = null) =>
  ({ type: 'asset', id: String(id), width, height }) as Entry;
const many = (count: number) => Array.from({ length: count }, (_, at) => picture(at));

describe('planRows', () => {
  it('gives every entry exactly one place, in order', () => {
    const entries = [folder('a'), folder('b'), folder('c'), folder('d'), folder('e'), ...many(23)];
    for (const width of [320, 366, 695, 1024, 1801]) {
      const rows = planRows(entries, width, gridSizes.wide);
      expect(rows.flatMap((row) => row.slots.map((slot) => slot.index))).toEqual(entries.map((_, at) => at));
    }
  });

  it('ends every full row flush, in whole pixels, at about the target height', () => {
    const mixed = Array.from({ length: 60 }, (_, at) =>
      picture(at, [6000, 3000, 4000, 1000][at % 4], [4000, 4000, 1500, 4000][at % 4]),
    );
    for (const width of [366, 695, 1040]) {
      const rows = planRows(mixed, width, gridSizes.wide);
      for (const row of rows.slice(0, -1)) {
        const last = row.slots.at(-1);
        expect((last?.left ?? 0) + (last?.width ?? 0)).toBe(width);
        expect(row.slots.every((slot) => Number.isInteger(slot.width) && slot.width > 0)).toBe(true);
        expect(row.picture).toBeLessThanOrEqual(gridSizes.wide.target);
        expect(row.picture).toBeGreaterThan(50);
      }
      for (const [at, row] of rows.entries()) {
        const next = rows[at + 1];
        if (next) expect(next.top).toBeGreaterThanOrEqual(row.top + row.height);
      }
    }
  });

  it('does not stretch the last row', () => {
    const rows = planRows(many(1), 1000, gridSizes.wide);
    expect(rows[0]).toMatchObject({ picture: 146, slots: [{ index: 0, left: 0, width: 219 }] });
  });

  it('lays four folder cards a row, fewer where it is narrow', () => {
    const folders = ['a', 'b', 'c', 'd', 'e'].map(folder);
    expect(planRows(folders, 695, gridSizes.wide).map((row) => row.slots.length)).toEqual([4, 1]);
    expect(planRows(folders, 366, gridSizes.wide).map((row) => row.slots.length)).toEqual([2, 2, 1]);
  });

  it('is empty without entries or width', () => {
    expect(planRows([], 500, gridSizes.wide)).toEqual([]);
    expect(planRows(many(3), 0, gridSizes.wide)).toEqual([]);
  });

  it('lays ten thousand', () => {
    expect(planRows(many(10_000), 1040, gridSizes.wide).length).toBeGreaterThan(1_000);
  });
});

describe('neighbour', () => {
  const entries = [folder('a'), folder('b'), ...many(8)];
  const rows = planRows(entries, 695, gridSizes.wide);
  it.each([
    [0, 'left', null],
    [0, 'right', 1],
    [0, 'down', 2],
    [1, 'down', 3],
    [2, 'up', 0],
    [9, 'right', null],
    [0, 'up', null],
    [9, 'down', null],
  ] as const)('from %i %s is %s', (from, to, wanted) => {
    expect(neighbour(rows, from, to, entries.length)).toBe(wanted);
  });
});
