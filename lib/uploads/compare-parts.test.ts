import { describe, expect, it } from 'vitest';
import type { ListedPart } from '#lib/storage/types.ts';
import { compareParts, describeParts } from './compare-parts.ts';

const upload = { size: 25, partSize: 10, partCount: 3 };
const part = (number: number, size: number, crc64nvme: string | null = 'AAAAAAAAAAA='): ListedPart => ({
  number,
  size,
  etag: `e${number}`,
  crc64nvme,
});

describe('compareParts', () => {
  it.each<[string, ListedPart[], { missing: number[]; wrong: number[]; numbers: number[] | null }]>([
    ['all there', [part(1, 10), part(2, 10), part(3, 5)], { missing: [], wrong: [], numbers: [1, 2, 3] }],
    ['listed in another order', [part(3, 5), part(1, 10), part(2, 10)], { missing: [], wrong: [], numbers: [1, 2, 3] }],
    ['nothing there', [], { missing: [1, 2, 3], wrong: [], numbers: null }],
    ['one missing', [part(1, 10), part(3, 5)], { missing: [2], wrong: [], numbers: null }],
    ['a truncated part', [part(1, 10), part(2, 9), part(3, 5)], { missing: [], wrong: [2], numbers: null }],
    ['sum right, sizes wrong', [part(1, 5), part(2, 10), part(3, 10)], { missing: [], wrong: [1, 3], numbers: null }],
    ['no checksum', [part(1, 10), part(2, 10, null), part(3, 5)], { missing: [], wrong: [2], numbers: null }],
    [
      'a number that was never signed',
      [part(1, 10), part(2, 10), part(3, 5), part(4, 1)],
      { missing: [], wrong: [], numbers: [1, 2, 3] },
    ],
  ])('%s', (_, stored, expected) => {
    const { missing, wrong, complete } = compareParts(upload, stored);
    expect({ missing, wrong, numbers: complete?.map((one) => one.number) ?? null }).toEqual(expected);
  });
});

describe('describeParts', () => {
  it.each<[number[], string]>([
    [[], ''],
    [[4], '4'],
    [[1, 2, 3], '1–3'],
    [[1, 3, 4, 5, 9], '1, 3–5 and 9'],
    [
      Array.from({ length: 30 }, (_, i) => i * 2 + 1),
      `${Array.from({ length: 20 }, (_, i) => i * 2 + 1).join(', ')} and more`,
    ],
  ])('%j → %s', (numbers, text) => {
    expect(describeParts(numbers)).toBe(text);
  });
});
