import { describe, expect, it } from 'vitest';
import { drawBars, planMarks, planTicks, scaleOf, toTime, toX } from './plan-timeline-drawing.ts';

const day = 86_400_000;
const start = Date.parse('2026-10-01T00:00:00Z');
const bar = (at: number, changes: number, more = {}) => ({
  from: new Date(start + at * day).toISOString(),
  until: new Date(start + (at + 1) * day).toISOString(),
  changes,
  deleted: 0,
  added: 0,
  ...more,
});
const to = new Date(start + 50 * day).toISOString();
const scaled = (bars: ReturnType<typeof bar>[]) => scaleOf({ from: bars[0]?.from ?? null, to, bars }, 1_000);

it('lays time out from the first bar to now, and back', () => {
  const scale = scaled([bar(0, 1)]);
  expect(toX(scale, start)).toBe(0);
  expect(toX(scale, start + 25 * day)).toBe(500);
  expect(toTime(scale, 500)).toBe(start + 25 * day);
  expect([toX(scale, start - day), toTime(scale, 5_000)]).toEqual([0, start + 50 * day]);
  // Nothing ever happened: an hour, so that there is something to stand on.
  expect(scaleOf({ from: null, to, bars: [] }, 100)).toMatchObject({ to: Date.parse(to) });
});

it('draws square-root heights, older is deeper', () => {
  const bars = [bar(0, 100), bar(20, 25), bar(49, 1)];
  const drawn = drawBars(bars, scaled(bars));
  expect(drawn.map(({ height }) => height)).toEqual([38, 19, 4]);
  expect(drawn.map(({ depth }) => depth)).toEqual([5, 3, 1]);
  expect(drawn[0]).toMatchObject({ x: 2.5, width: 15 });
});

describe('names', () => {
  it('what was much, by what it was', () => {
    const usual = Array.from({ length: 9 }, (_, at) => bar(at * 2, 3));
    const bars = [...usual, bar(30, 120, { added: 118 }), bar(48, 20, { deleted: 18 })];
    const scale = scaled(bars);
    expect(planMarks(bars, scale).map(({ text }) => text)).toEqual(['118 files added', '18 files deleted']);
    expect(planMarks(usual, scaled(usual))).toEqual([]);
  });

  it('none over another, and none beyond the edge', () => {
    const bars = [bar(0, 1), bar(1, 1), bar(2, 1), bar(3, 1), bar(47, 30), bar(48, 40), bar(49, 50)];
    const marks = planMarks(bars, scaled(bars));
    expect(marks.map(({ text }) => text)).toEqual(['50 changes']);
    expect(marks[0]?.x).toBeLessThan(970);
  });
});

it('ticks at round times, with room for Now', () => {
  const labels = (from: string, until: string, width: number) =>
    planTicks({ from: new Date(from).getTime(), to: new Date(until).getTime(), width }).map(({ label }) => label);
  expect(labels('2026-10-01T00:00', '2026-11-20T12:00', 1_000)).toEqual([
    '5 Oct',
    '12',
    '19',
    '26',
    '2 Nov',
    '9',
    '16',
  ]);
  expect(labels('2026-11-20T22:30', '2026-11-21T04:30', 500)).toEqual([
    '20 Nov, 23:00',
    '21 Nov, 00:00',
    '01:00',
    '02:00',
    '03:00',
  ]);
  expect(labels('2024-11-01T00:00', '2026-11-20T00:00', 700)).toEqual([
    'Jan 2025',
    'Apr',
    'Jul',
    'Oct',
    'Jan 2026',
    'Apr',
    'Jul',
  ]);
  expect(labels('2000-01-01T00:00', '2026-01-01T00:00', 0)).toEqual([]);
});
