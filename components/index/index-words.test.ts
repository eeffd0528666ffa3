import { describe, expect, it } from 'vitest';
import type { IndexRunView } from '#lib/indexing/schema.ts';
import { causeLines, resultOf, standingOf } from './index-words.ts';

const run: IndexRunView = {
  id: '1',
  kind: 'first',
  state: 'running',
  startedAt: '2026-11-25T10:00:00.000Z',
  finishedAt: null,
  problem: null,
  progress: 0.82,
  secondsLeft: 240,
  keys: 1000,
  versions: 1200,
  bytes: 5,
  drift: {},
  differences: 0,
};
const index = { state: 'live' as const, lagSeconds: null, checkedAt: null, differences: 0, running: null };

describe('standingOf', () => {
  it.each([
    ['followed', { ...index, lagSeconds: 3 }, 'Index live, 3 s behind'],
    ['being indexed', { ...index, state: 'indexing' as const, running: run }, 'Indexing, 82\u202f%, 4 min left'],
    ['compared', { ...index, running: { ...run, kind: 'check' as const, secondsLeft: null } }, 'Comparing, 82\u202f%'],
    ['just begun', { ...index, running: { ...run, progress: 0 } }, 'Indexing, just begun'],
    ['held up', { ...index, running: { ...run, problem: 'The store is busy.' } }, 'Held up: The store is busy.'],
    ['not begun', { ...index, state: 'indexing' as const }, 'Not indexed yet'],
    ['compared once', { ...index, checkedAt: '2026-11-25T10:00:00.000Z' }, 'Last checked'],
    ['differences wait', { ...index, differences: 2 }, '2 differences to repair'],
  ])('%s', (_, standing, text) => {
    expect(standingOf(standing).text).toBe(text);
  });
});

it('tells differences by cause, the most frequent first', () => {
  expect(causeLines({ added: 1, trashed: 1200 })).toEqual([
    '1,200 files that were deleted',
    '1 file that the index did not know',
  ]);
});

it.each([
  [run, '1,200 versions of 1,000 names recorded'],
  [{ ...run, kind: 'check' as const }, 'No difference'],
  [{ ...run, kind: 'check' as const, differences: 2 }, '2 differences, repaired'],
])('resultOf', (ended, text) => {
  expect(resultOf(ended)).toBe(text);
});
