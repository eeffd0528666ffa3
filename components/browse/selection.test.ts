import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/assets/schema.ts';
import { listingOf, makeListing } from './listing.ts';
import {
  countSelected,
  howOf,
  isSelected,
  mostInRange,
  nothingSelected,
  planSelection,
  pruneSelection,
  type Selection,
} from './selection.ts';

const file = (id: string) => ({ type: 'asset', id, name: id, path: id }) as Entry;
const list = (ids: string) => listingOf([...ids].map(file));
const abcde = list('abcde');
/** Places by letter in `abcde`; "x" was there and went. */
const place = (id: string | null) => (id === null ? null : { key: `a${id}`, index: Math.max(0, 'abcde'.indexOf(id)) });
const state = (ids: string, anchor: string | null, focus: string | null): Selection => ({
  ...nothingSelected,
  entries: new Map([...ids].map((id) => [`a${id}`, file(id)])),
  anchor: place(anchor),
  focus: place(focus),
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
  ] as const)('%s', (_, now, id, how, wanted) => {
    expect(planSelection(now, abcde, 'abcde'.indexOf(id), how)).toEqual(wanted);
  });
});

describe('a folder of which little is known', () => {
  const nothing = { need: () => {}, load: async () => [], scope: null };
  const long = makeListing(
    [
      { from: 0, count: 2, of: 'folders', month: null, entries: undefined },
      { from: 2, count: 3, of: 'assets', month: null, entries: ['p', 'q', 'r'].map(file) },
      { from: 5, count: 60_000, of: 'assets', month: null, entries: undefined },
    ],
    nothing,
  );

  it('takes a range over places that are not known yet, at once', () => {
    const now = planSelection(planSelection(nothingSelected, long, 2, 'only'), long, 9_000, 'range');
    expect(now.pending).toEqual({ from: 2, to: 9_000 });
    expect(countSelected(now, long)).toBe(8_999);
    expect([isSelected(now, null, 8_000, 2), isSelected(now, null, 9_001, 2), isSelected(now, 'aq', 3, 2)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('ends a range at what one operation takes, so that it cannot run away', () => {
    const start = planSelection(nothingSelected, long, 2, 'only');
    expect(countSelected(planSelection(start, long, 50_000, 'range'), long)).toBe(mostInRange);
  });

  it('holds every file as one thing, without those taken out', () => {
    const whole = { ...nothingSelected, whole: true };
    expect(countSelected(whole, long)).toBe(60_003);
    const less = planSelection(whole, long, 3, 'toggle');
    expect(countSelected(less, long)).toBe(60_002);
    expect([isSelected(less, 'aq', 3, 2), isSelected(less, null, 50_000, 2), isSelected(less, null, 1, 2)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('keeps what was chosen far away when the folder is read again', () => {
    const far = state('z', 'z', 'z');
    expect(pruneSelection(far, long, long).entries.has('az')).toBe(true);
  });

  const inBlocks = (...parts: (string | number)[]) => {
    let from = 0;
    const blocks = parts.map((part) => {
      const count = typeof part === 'number' ? part : part.length;
      const entries = typeof part === 'number' ? undefined : (known.get(part) ?? [...part].map(file));
      if (entries && typeof part === 'string') known.set(part, entries);
      from += count;
      return { from: from - count, count, of: 'assets' as const, month: null, entries };
    });
    return makeListing(blocks, nothing);
  };
  const known = new Map<string, Entry[]>();

  it.each([
    ['forgotten since they are far away', inBlocks('abc', 'de'), inBlocks(3, 'de'), 'abd'],
    ['read while they were chosen', inBlocks('abc', 2), inBlocks('abc', 'de'), 'abd'],
    ['pushed along by what came before them', inBlocks('abc', 'de'), inBlocks('x', 'abc', 'de'), 'abd'],
    ['gone from what was read again', inBlocks('abc', 'de'), inBlocks('ac', 'de'), 'ad'],
    ['gone from the end', inBlocks('abc', 'de'), inBlocks('abc'), 'ab'],
  ])('keeps what is still there of those that are %s', (_, before, after, left) => {
    const next = pruneSelection(state('abd', null, null), before, after);
    expect([...next.entries.keys()].join('')).toBe([...left].map((id) => `a${id}`).join(''));
  });

  it('takes what is read anew as it is now', () => {
    const fresh = { ...file('a'), size: 7 } as Entry;
    const after = makeListing([{ from: 0, count: 1, of: 'assets', month: null, entries: [fresh] }], nothing);
    expect(pruneSelection(state('a', null, null), list('a'), after).entries.get('aa')).toBe(fresh);
  });

  it.each([
    ['between its ends again', place('a'), { from: 3, to: 5_000 }],
    ['not at all when it has no end to hold on to', null, null],
  ])('takes a range that is still being read, when the folder grows, %s', (_, anchor, pending) => {
    const before = inBlocks('a', 60_000);
    const after = inBlocks('xyz', 'a', 61_000, 'b');
    const now = { ...nothingSelected, pending: { from: 0, to: 5_000 }, anchor, focus: { key: null, index: 5_000 } };
    const next = pruneSelection(now, before, after);
    expect(next.pending).toEqual(pending);
    expect(countSelected(next, after)).toBe(pending ? 4_998 : 0);
  });
});

describe('pruneSelection', () => {
  it.each([
    ['drops what went', state('bc', 'b', 'c'), 'abde', 'b', 'ab', 'ad'],
    ['goes to the next one', state('b', 'b', 'b'), 'acde', '', null, 'ac'],
    ['goes back at the end', state('e', 'e', 'e'), 'abcd', '', null, 'ad'],
    ['stays where it is', state('a', 'a', 'd'), 'abcde', 'a', 'aa', 'ad'],
  ])('%s', (_, now, after, left, anchor, focus) => {
    const next = pruneSelection(now, abcde, list(after));
    expect([...next.entries.keys()].join('')).toBe([...left].map((id) => `a${id}`).join(''));
    expect([next.anchor?.key ?? null, next.focus?.key ?? null]).toEqual([anchor, focus]);
  });

  it('follows a place that moved', () => {
    expect(pruneSelection(state('c', 'c', 'c'), abcde, list('xyabcde')).focus).toEqual({ key: 'ac', index: 4 });
  });
});

it.each([
  [{ shiftKey: true, ctrlKey: false, metaKey: false }, 'range'],
  [{ shiftKey: false, ctrlKey: true, metaKey: false }, 'toggle'],
  [{ shiftKey: false, ctrlKey: false, metaKey: true }, 'toggle'],
  [{ shiftKey: false, ctrlKey: false, metaKey: false }, 'only'],
])('%j takes %s', (event, how) => expect(howOf(event)).toBe(how));
