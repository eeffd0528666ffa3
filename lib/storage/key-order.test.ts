import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from './key-order.ts';

describe('compareKeys', () => {
  it('orders as the bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it.each([
    ['a', 'a/', -1],
    ['a-b', 'a/b', -1],
    ['a/b', 'a0', -1],
    ['\u{1f600}', '\uffee', 1],
    ['same', 'same', 0],
  ])('%j and %j', (a, b, order) => {
    expect(Math.sign(compareKeys(a, b))).toBe(order);
  });
});
