import { expect, it } from 'vitest';
import { lagWords } from './lag-words.ts';

it.each([
  [0, 'Index live'],
  [1, 'Index live'],
  [3, 'Index live, 3 s behind'],
  [59, 'Index live, 59 s behind'],
  [125, 'Index live, 2 min behind'],
  [7_300, 'Index live, 2 h behind'],
])('%d s', (seconds, words) => {
  expect(lagWords(seconds)).toBe(words);
});
