import { expect, it } from 'vitest';
import { planDiff } from './plan-diff.ts';

it('shows what comes and goes with two lines around, numbered in its own document', () => {
  const before = { Version: '1', Statement: ['a', 'b', 'c', 'd'] };
  const after = { Version: '1', Statement: ['a', 'b', 'c', 'x', 'd'] };
  expect(planDiff(before, after)).toEqual([
    { kind: 'gap', hidden: 4 },
    { kind: 'same', number: 5, text: '    "b",' },
    { kind: 'same', number: 6, text: '    "c",' },
    { kind: 'added', number: 7, text: '    "x",' },
    { kind: 'same', number: 8, text: '    "d"' },
    { kind: 'same', number: 9, text: '  ]' },
    { kind: 'gap', hidden: 1 },
  ]);
});

it('shows a document that is not there yet, or will not be, as a whole', () => {
  expect(planDiff(null, { a: 1 }).map((line) => line.kind)).toEqual(['added', 'added', 'added']);
  expect(planDiff({ a: 1 }, null)).toEqual([
    { kind: 'removed', number: 1, text: '{' },
    { kind: 'removed', number: 2, text: '  "a": 1' },
    { kind: 'removed', number: 3, text: '}' },
  ]);
});
