import { expect, test } from 'vitest';
import { planGrantPrefix } from './plan-grant-prefix.ts';

const limits = { rootPrefix: '', maxSegmentBytes: 255 };

test.each([
  ['', ''],
  ['press', 'press/'],
  ['press/', 'press/'],
  ['press/2026', 'press/2026/'],
  ['photos 2026/été ☀', 'photos 2026/été ☀/'],
])('%j is kept as %j', (given, expected) => expect(planGrantPrefix(given, limits)).toBe(expected));

test.each([
  '/',
  '/press',
  'press//2026',
  'press//',
  '../press',
  'press/./a',
  'a\tb',
  'x'.repeat(256),
  'a/'.repeat(600),
])('%j is refused', (given) => expect(() => planGrantPrefix(given, limits)).toThrow(/invalid_path/));

test('the root prefix counts towards the 1,024 bytes', () => {
  const nearly = 'a/'.repeat(510);
  expect(planGrantPrefix(nearly, limits)).toBe(nearly);
  expect(() => planGrantPrefix(nearly, { rootPrefix: 'media/', maxSegmentBytes: null })).toThrow(/invalid_path/);
});
