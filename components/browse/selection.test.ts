import { describe, expect, it } from 'vitest';
import { howOf, nothingSelected, planSelection, pruneSelection, type Selection } from './selection.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];
const state = (selected: string, anchor: string | null, focus: string | null): Selection => ({
  selected: new Set(selected),
  anchor,
  focus,
});

describe('planSelection', () => {
  it.each([
    ['takes one', nothingSelected, 'b', 'only', state('b', 'b', 'b')],
    ['leaves the others when one is taken', state('ac', 'a', 'c'), 'd', 'only', state('d', 'd', 'd')],
    ['adds one', state('a', 'a', 'a'), 'c', 'toggle', state('ac', 'c', 'c')],
    ['takes one out', state('ac', 'c', 'c'), 'a', 'toggle', state('c', 'a', 'a')],
    ['takes a range downwards', state('b', 'b', 'b'), 'd', 'range', state('bcd', 'b', 'd')],
    ['takes a range upwards', state('d', 'd', 'd'), 'b', 'range', state('bcd', 'd', 'b')],
    ['shrinks a range from its anchor', state('bcd', 'b', 'd'), 'c', 'range', state('bc', 'b', 'c')],
    ['begins a range without an anchor', nothingSelected, 'c', 'range', state('c', 'c', 'c')],
    ['begins anew when the anchor is gone', state('', 'x', 'x'), 'c', 'range', state('c', 'c', 'c')],
    ['only moves the keyboard', state('ab', 'a', 'b'), 'e', 'focus', state('ab', 'a', 'e')],
  ] as const)('%s', (_, now, key, how, wanted) => {
    expect(planSelection(now, keys, key, how)).toEqual(wanted);
  });

  it('takes ten thousand in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => String(at));
    const all = planSelection({ ...nothingSelected, anchor: '0' }, many, '9999', 'range');
    expect(all.selected.size).toBe(10_000);
  });
});

describe('pruneSelection', () => {
  it.each([
    ['nothing when nothing went', state('ab', 'a', 'b'), 'abcde', state('ab', 'a', 'b')],
    ['what went', state('abc', 'b', 'c'), 'acde', state('ac', null, 'c')],
    ['and moves to the next one', state('c', 'c', 'c'), 'abde', state('', null, 'd')],
    ['or to the one before at the end', state('e', 'e', 'e'), 'abcd', state('', null, 'd')],
    ['everything', state('ab', 'a', 'b'), '', state('', null, null)],
  ])('drops %s', (_, now, after, wanted) => {
    expect(pruneSelection(now, keys, [...after])).toEqual(wanted);
  });

  it('keeps the object when nothing changes, so that nothing is drawn again', () => {
    const now = state('a', 'a', 'a');
    expect(pruneSelection(now, keys, keys)).toBe(now);
  });
});

it.each([
  [{ shiftKey: false, ctrlKey: false, metaKey: false }, 'only'],
  [{ shiftKey: true, ctrlKey: true, metaKey: false }, 'range'],
  [{ shiftKey: false, ctrlKey: true, metaKey: false }, 'toggle'],
  [{ shiftKey: false, ctrlKey: false, metaKey: true }, 'toggle'],
])('%j selects %s', (event, how) => {
  expect(howOf(event)).toBe(how);
});
