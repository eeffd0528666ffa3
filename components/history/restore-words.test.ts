import { describe, expect, it } from 'vitest';
import { checkedSentence, costSentence, effectSentence, itemDetail } from './restore-words.ts';

it.each([
  [{}, 'Nothing is chosen.'],
  [
    { copy: 31, addMarker: 25, removeMarker: 18 },
    'Adds 31 versions and 25 delete markers, removes the delete markers of 18 files.',
  ],
  [{ removeMarker: 1 }, 'Removes the delete markers of 1 file.'],
  [{ copy: 1, thaw: 1 }, 'Adds 2 versions.'],
])('%j: %s', (chosen, words) => {
  expect(effectSentence(chosen)).toBe(words);
});

describe('costSentence', () => {
  const cost = { files: 74, bytesToCopy: 1, requests: 148, once: 0.004, perMonth: 0, seconds: 40, thaw: null };
  it.each([
    [cost, 'Copies stay inside the store: under $0.01 for 148 requests, about 40 s.'],
    [{ ...cost, bytesToCopy: 0, seconds: 0.2 }, 'It costs under $0.01 for 148 requests, about 1 s.'],
    [
      { ...cost, perMonth: 0.5 },
      'Copies stay inside the store: under $0.01 for 148 requests, about 40 s. Keeping them adds $0.50 a month.',
    ],
    [
      { ...cost, thaw: [10_800, 18_000] as [number, number], once: 0.3 },
      'Copies stay inside the store: $0.30 for 148 requests, 3 to 5 h for the thaw.',
    ],
    [{ ...cost, files: 0 }, ''],
  ])('%j', (of, words) => {
    expect(costSentence(of)).toBe(words);
  });
});

describe('itemDetail', () => {
  const peek = (number: number) => ({
    versionId: 'v',
    number,
    modifiedAt: '2020-11-06T12:00:00Z',
    size: 1,
    thumbnailUrl: null,
  });
  const item = { position: 0, path: 'a', assetId: '1', fileKind: 'image', bytes: 1, storageClass: null, error: null };
  it.each([
    ['copy', { ...item, before: peek(5), after: peek(2) }, 'Version 5 to version 2, 6 Nov 2020'],
    ['copy', { ...item, before: null, after: peek(2) }, 'From the trash to version 2, 6 Nov 2020'],
    ['removeMarker', { ...item, before: null, after: peek(2) }, 'Version 2, 6 Nov 2020'],
    ['addMarker', { ...item, before: peek(1), after: null }, 'Version 1, added 6 Nov 2020'],
    [
      'thaw',
      { ...item, before: peek(2), after: peek(1), storageClass: 'GLACIER' },
      'Version 2 to version 1, 6 Nov 2020, Glacier Flexible',
    ],
    [
      'conflict',
      { ...item, before: null, after: null, error: { code: 'path_exists', detail: 'A reason.' } },
      'A reason.',
    ],
  ] as const)('%s', (kind, of, words) => {
    expect(itemDetail(kind, of)).toBe(words);
  });
});

it.each([
  [null, 'Comparing with the store. Nothing has changed yet.'],
  [{ whole: true, checked: 9 }, 'Checked against the store 4 s ago. Nothing has changed yet.'],
  [
    { whole: false, checked: 1_000 },
    'The first 1,000 of 12,408 files checked against the store 4 s ago, the others when their turn comes. Nothing has changed yet.',
  ],
])('%j', (check, words) => {
  expect(checkedSentence(check, '4 s ago', 12_408)).toBe(words);
});
