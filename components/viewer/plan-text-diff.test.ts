import { expect, test } from 'vitest';
import { planTextDiff } from './plan-text-diff.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join('');

test('a changed line, with three lines around it and the rest folded', () => {
  expect(planTextDiff(lines(1, 20), lines(1, 20).replace('line 10\n', 'line ten\n'))).toEqual([
    { kind: 'skipped', text: '', count: 6 },
    { kind: 'same', text: 'line 7\nline 8\nline 9', count: 3 },
    { kind: 'removed', text: 'line 10\n', count: 1 },
    { kind: 'added', text: 'line ten\n', count: 1 },
    { kind: 'same', text: 'line 11\nline 12\nline 13', count: 3 },
    { kind: 'skipped', text: '', count: 7 },
  ]);
});

test.each([
  ['the same text', 'a\nb\n', 'a\nb\n', ['skipped']],
  ['everything new', '', 'a\n', ['added']],
  ['everything gone', 'a\n', '', ['removed']],
  ['one line of the same is not folded', 'a\nb\n', 'a\nc\n', ['same', 'removed', 'added']],
])('%s', (_, a, b, kinds) => expect(planTextDiff(a, b).map(({ kind }) => kind)).toEqual(kinds));
