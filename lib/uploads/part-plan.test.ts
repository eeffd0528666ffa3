import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partBytes, planParts } from './part-plan.ts';

const mebibyte = 1024 ** 2;
const table: [string, number, ReturnType<typeof planParts>][] = [
  ['zero bytes go in one PUT', 0, { kind: 'single' }],
  ['16 MiB go in one PUT', 16 * mebibyte, { kind: 'single' }],
  ['one byte more is two parts', 16 * mebibyte + 1, { kind: 'multipart', partSize: 16 * mebibyte, partCount: 2 }],
  ['a whole number of parts', 32 * mebibyte, { kind: 'multipart', partSize: 16 * mebibyte, partCount: 2 }],
  ['10,000 parts of 16 MiB', 160_000 * mebibyte, { kind: 'multipart', partSize: 16 * mebibyte, partCount: 10_000 }],
  [
    'one byte over 10,000 parts grows the part by a whole MiB',
    160_000 * mebibyte + 1,
    { kind: 'multipart', partSize: 17 * mebibyte, partCount: 9_412 },
  ],
  ['5 TiB', 5 * 1024 ** 4, { kind: 'multipart', partSize: 525 * mebibyte, partCount: 9_987 }],
  ['50 TB stay under the 5 GiB of a part', 50e12, { kind: 'multipart', partSize: 4_769 * mebibyte, partCount: 9_999 }],
];

describe('planParts', () => {
  it.each(table)('%s', (_, size, plan) => {
    expect(planParts(size)).toEqual(plan);
  });

  it('never needs more than 10,000 parts, and the parts add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16 * mebibyte + 1, max: 50e12 }), (size) => {
        const plan = planParts(size);
        if (plan.kind !== 'multipart') return false;
        const last = partBytes(size, plan, plan.partCount);
        return (
          plan.partCount <= 10_000 &&
          plan.partSize % mebibyte === 0 &&
          last > 0 &&
          last <= plan.partSize &&
          plan.partSize * (plan.partCount - 1) + last === size
        );
      }),
    );
  });
});
