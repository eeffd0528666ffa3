import { expect, test } from 'vitest';
import { accountRule, addressRule, planAttemptDelay } from './attempt-delay.ts';

test.each([
  [1, 0],
  [5, 0],
  [6, 5],
  [7, 10],
  [8, 20],
  [9, 40],
  [10, 60],
  [11, 60],
  [100_000, 60],
])('a person: after try %i wait %i s', (attempt, seconds) =>
  expect(planAttemptDelay(attempt, accountRule)).toBe(seconds),
);

test.each([
  [20, 0],
  [21, 5],
  [26, 160],
  [27, 300],
  [5000, 300],
])('an address: after try %i wait %i s', (attempt, seconds) =>
  expect(planAttemptDelay(attempt, addressRule)).toBe(seconds),
);
