import { expect, it } from 'vitest';
import { planIndexAge } from './plan-index-age.ts';

const now = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const alone = { followed: false, lagSeconds: null };
const followed = { followed: true, lagSeconds: 3 };

it.each([
  ['never listed', null, alone, { state: 'indexing', lagSeconds: null }],
  ['never listed, though events come', null, followed, { state: 'indexing', lagSeconds: null }],
  ['followed', ago(1e6), followed, { state: 'live', lagSeconds: 3 }],
  ['compared a minute ago', ago(60), alone, { state: 'live', lagSeconds: null }],
  ['compared by a clock that is ahead', ago(-5), alone, { state: 'live', lagSeconds: null }],
  ['compared long ago', ago(3_601), alone, { state: 'stale', lagSeconds: null }],
])('%s', (_, indexedAt, feed, wanted) => {
  const checkedAt = indexedAt?.toISOString() ?? null;
  expect(planIndexAge({ indexedAt }, feed, now, 2)).toEqual({
    ...wanted,
    progress: null,
    secondsLeft: null,
    checkedAt,
    differences: 2,
    fromStore: false,
  });
});

it('tells how far the first listing is', () => {
  const coverage = { progress: 0.82, secondsLeft: 240 };
  expect(planIndexAge({ indexedAt: null }, alone, now, 0, coverage)).toMatchObject({ state: 'indexing', ...coverage });
});
