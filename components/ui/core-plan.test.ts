import { describe, expect, test } from 'vitest';
import { bandHeight, type CoreVersion, contactLine, phaseOf, planCore } from './core-plan.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T14:32:00Z');
const at = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString();

function version(id: string, from: number, to: number | null, isDeleteMarker = false): CoreVersion {
  return { id, isDeleteMarker, validFrom: at(from), validTo: to === null ? null : at(to), thumbnailUrl: `/${id}` };
}

// derwent-boats-dusk.jpg of the mockup: five versions and a marker
const boats = [
  version('v5', 0, null),
  version('v4', 75, 0),
  version('m', 130, 75, true),
  version('v3', 340, 130),
  version('v2', 420, 340),
  version('v1', 1420, 420),
];

describe('height of a band', () => {
  test.each([
    [0, 48],
    [1, 48],
    [75, 49],
    [210, 52],
    [1_000, 57],
    [1e9, 76],
  ])('a version that was current for %d h is %d px', (hours, px) => {
    const old = version('x', hours, 0);
    expect(bandHeight(old, { current: false, phone: false, now: NOW })).toBe(px);
    expect(bandHeight(old, { current: false, phone: true, now: NOW })).toBe(px + 12);
  });
  test('the current one is 60 however long it has been so, a marker 32; on a phone 72 and 40', () => {
    expect(bandHeight(version('x', 9_999, null), { current: true, phone: false, now: NOW })).toBe(60);
    expect(bandHeight(version('x', 5, 1, true), { current: false, phone: false, now: NOW })).toBe(32);
    expect(bandHeight(version('x', 1, null), { current: true, phone: true, now: NOW })).toBe(72);
    expect(bandHeight(version('x', 5, 1, true), { current: false, phone: true, now: NOW })).toBe(40);
  });
});

test('the mockup: heights, depths, tints', () => {
  const rows = planCore(boats, { now: NOW });
  expect(rows.map((row) => row.height)).toEqual([60, 49, 32, 52, 49, 57]);
  expect(rows.reduce((sum, row) => sum + row.height, 0)).toBe(299);
  expect(rows.map((row) => row.kind)).toEqual(['version', 'version', 'marker', 'version', 'version', 'version']);
  expect(rows.filter((row) => row.kind === 'version').map((row) => row.depth)).toEqual([1, 2, 3, 4, 5]);
  expect(rows.map((row) => row.tint)).toEqual([0, 0.34, 0, expect.closeTo(0.46), expect.closeTo(0.52), 0.58]);
  expect(rows[2]?.thumbnailUrl).toBeNull();
});

test('under a marker on top nothing is current: the newest version is already old', () => {
  const rows = planCore([version('m', 1, null, true), version('v1', 9, 1)], { now: NOW });
  expect(rows.map((row) => row.depth)).toEqual([1, 2]);
  expect(rows[1]?.tint).toBeGreaterThan(0);
});

test('depth ends at 6 and tint at 58 per cent', () => {
  const rows = planCore(
    Array.from({ length: 12 }, (_, i) => version(`v${i}`, i + 1, i === 0 ? null : i)),
    { now: NOW },
  );
  expect(rows).toHaveLength(12);
  expect(rows[11]).toMatchObject({ depth: 6, tint: 0.58 });
});

test('more than 12 versions: 8 bands and one for the rest, until it is opened', () => {
  const many = Array.from({ length: 42 }, (_, i) => version(`v${i}`, i + 1, i === 0 ? null : i));
  const folded = planCore(many, { now: NOW });
  expect(folded).toHaveLength(9);
  expect(folded[8]).toMatchObject({ kind: 'more', count: 34, height: 28 });
  expect(planCore(many, { now: NOW, open: true })).toHaveLength(42);
  expect(planCore([])).toEqual([]);
});

describe('contact line', () => {
  const points = (path: string) => [...path.matchAll(/-?[\d.]+/g)].map(Number);

  test('four cubic segments over the whole width, on the wave at every joint', () => {
    const p = phaseOf('v4');
    const numbers = points(contactLine(60, 48, p));
    expect(numbers).toHaveLength(2 + 4 * 6);
    expect([numbers[0], numbers[6], numbers[12], numbers[18], numbers[24]]).toEqual([0, 12, 24, 36, 48]);
    for (const i of [0, 6, 12, 18, 24]) {
      const t = (2 * Math.PI * (numbers[i] ?? 0)) / 48;
      expect(numbers[i + 1]).toBeCloseTo(60 + 2.6 * Math.sin(0.9 * t + p) + 0.9 * Math.sin(2.15 * t + 1.7 * p), 1);
    }
  });
  test('never further than 3.5 px from its place, the same for the same id, another for another', () => {
    for (const id of ['a', 'b', 'null', '3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo']) {
      const numbers = points(contactLine(100, 60, phaseOf(id)));
      for (const i of [1, 7, 13, 19, 25]) expect(Math.abs((numbers[i] ?? 0) - 100)).toBeLessThanOrEqual(3.55);
    }
    expect(contactLine(0, 48, phaseOf('a'))).toBe(contactLine(0, 48, phaseOf('a')));
    expect(phaseOf('a')).not.toBe(phaseOf('b'));
  });
});
