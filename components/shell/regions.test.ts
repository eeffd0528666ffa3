import { expect, test } from 'vitest';
import { nextRegion } from './regions.ts';

const names = ['nav', 'bar', 'content', 'dock'];

test.each([
  [null, false, 'nav'],
  ['nav', false, 'bar'],
  ['dock', false, 'nav'],
  ['nav', true, 'dock'],
  [null, true, 'dock'],
  ['content', true, 'bar'],
  // focus was in a region that is gone
  ['panel', false, 'nav'],
])('after %s (backwards: %s) comes %s', (current, backwards, next) =>
  expect(nextRegion(names, current, backwards)).toBe(next),
);
