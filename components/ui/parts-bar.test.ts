import { expect, test } from 'vitest';
import { type PartState, planBlocks } from './parts-bar.tsx';

const of = (states: string): PartState[] =>
  [...states].map((letter) => (letter === 'd' ? 'done' : letter === 's' ? 'sending' : 'waiting'));

test('up to the limit every part has its own block', () => {
  expect(planBlocks(of('dds.'), 4)).toEqual(of('dds.'));
});

test.each([
  // a block is done only when all of its parts are, and waits only when none has begun
  ['dd', 'd'],
  ['d.', 's'],
  ['..', '.'],
  ['ds', 's'],
])('parts %s share block %s', (pair, block) => expect(planBlocks(of(`${pair}..`), 2)[0]).toBe(of(block)[0]));

test('every part is in exactly one block', () => {
  for (const count of [61, 100, 10_000]) {
    expect(planBlocks(Array(count).fill('done'))).toEqual(Array(60).fill('done'));
    const one = Array<PartState>(count).fill('waiting');
    one[count - 1] = 'done';
    expect(planBlocks(one).filter((block) => block !== 'waiting')).toHaveLength(1);
  }
});
