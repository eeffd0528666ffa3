import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/assets/schema.ts';
import { monthHead, planGrid } from './grid-plan.ts';
import { type Block, makeListing } from './listing.ts';
import { gridSizes } from './plan-rows.ts';

const sizes = gridSizes.wide.medium;
const nothing = { need: () => {}, load: async () => [], scope: null };
const picture = (id: number) => ({ type: 'asset', id: String(id), kind: 'image', width: 3, height: 2 }) as Entry;
const pictures = (from: number, count: number) => Array.from({ length: count }, (_, at) => picture(from + at));

/** Blocks by their counts; those in `known` have entries. */
function listing(parts: { count: number; month?: string; of?: 'folders' | 'assets'; known?: boolean }[]) {
  let from = 0;
  const blocks = parts.map(({ count, month = null, of = 'assets' as const, known = false }): Block => {
    const block = { from, count, of, month, entries: known ? pictures(from, count) : undefined };
    from += count;
    return block;
  });
  return makeListing(blocks, nothing);
}

describe('planGrid', () => {
  it('has a place for every one of 100,000, the first and the last included', () => {
    const list = listing([{ count: 8, of: 'folders' }, ...Array.from({ length: 200 }, () => ({ count: 500 }))]);
    const plan = planGrid(list, 1000, sizes);
    expect(list.count).toBe(100_008);
    for (const index of [0, 7, 8, 507, 508, 50_000, 100_007]) {
      const row = plan.rowAt(index);
      expect(row?.slots.some((slot) => slot.index === index)).toBe(true);
      expect((row?.top ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(plan.height);
    }
    expect(plan.rowAt(100_008)).toBeNull();
    expect(plan.indexAt(0)).toBe(0);
    expect(plan.indexAt(plan.height - 1)).toBeGreaterThan(99_990);
  });

  it('lets one row follow the other without a gap or an overlap, through all blocks and months', () => {
    const plan = planGrid(
      listing([
        { count: 5, of: 'folders' },
        { count: 500, month: '2026-11' },
        { count: 13, month: '2026-11' },
        { count: 2, month: '2026-10' },
      ]),
      695,
      sizes,
    );
    const rows = plan.sections.flatMap((section) => plan.rowsOf(section, 0, plan.height));
    expect(rows.map(({ rowIndex }) => rowIndex)).toEqual(Array.from({ length: plan.rowCount }, (_, at) => at));
    expect(rows.flatMap(({ slots }) => slots.map(({ index }) => index))).toEqual(
      Array.from({ length: 520 }, (_, at) => at),
    );
    for (const [at, row] of rows.entries()) {
      const next = rows[at + 1];
      if (next) expect(next.top).toBeGreaterThanOrEqual(row.top + row.height);
    }
    expect(plan.sections.map(({ month, count }) => [month, count])).toEqual([
      [null, 5],
      ['2026-11', 513],
      ['2026-10', 2],
    ]);
    const second = plan.sections[1];
    expect(rows[2]?.top).toBe((second?.top ?? 0) + monthHead);
  });

  it('keeps the places of all that is known when a block above arrives', () => {
    const before = listing([{ count: 500 }, { count: 500, known: true }]);
    const after = makeListing(
      [{ ...before.blocks[0], entries: pictures(0, 500) } as Block, before.blocks[1] as Block],
      nothing,
    );
    const [old, now] = [planGrid(before, 900, sizes), planGrid(after, 900, sizes)];
    const shapes = (plan: typeof old) => [500, 740, 999].map((index) => plan.rowAt(index)?.slots);
    expect(shapes(now)).toEqual(shapes(old));
  });

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
    const plan = planGrid(
      listing([
        { count: 2, of: 'folders' },
        { count: 8, known: true },
      ]),
      695,
      sizes,
    );
    expect(plan.neighbour(from, to)).toBe(wanted);
  });

  it('finds what a rectangle touches', () => {
    const plan = planGrid(listing([{ count: 12, known: true }]), 695, sizes);
    const first = plan.rowAt(0);
    expect(plan.within({ left: 0, right: 10, top: 0, bottom: 10 })).toEqual([0]);
    expect(plan.within({ left: 0, right: 695, top: 0, bottom: 10 })).toEqual(first?.slots.map(({ index }) => index));
    expect(plan.within({ left: 0, right: 10, top: 0, bottom: 5_000 })).toHaveLength(plan.rowCount);
    expect(plan.within({ left: 690, right: 695, top: -50, bottom: -1 })).toEqual([]);
  });
});
