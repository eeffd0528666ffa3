import { expect, it } from 'vitest';
import { madeOfClass } from './class-words.ts';

const line = {
  name: 'GLACIER',
  count: 2,
  bytes: 2 ** 30,
  perMonth: 1,
  paddingBytes: 0,
  overheadBytes: 0,
  overheadStandardBytes: 0,
  perGb: 0.0036,
  watching: 0,
};

it.each([
  [line, '1.0 GB at $0.0036 a GB'],
  [
    { ...line, overheadBytes: 65536, overheadStandardBytes: 16384 },
    '1.0 GB at $0.0036 a GB, 64 KB more for its own index, 16 KB of names at the price of Standard',
  ],
  [
    { ...line, paddingBytes: 2 ** 20, watching: 0.05 },
    '1.0 GB at $0.0036 a GB, 1.0 MB more since small files are billed as larger, $0.05 for watching',
  ],
])('says of what a class’s price is the sum', (given, words) => {
  expect(madeOfClass(given)).toBe(words);
});
