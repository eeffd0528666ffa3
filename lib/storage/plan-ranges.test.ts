import { expect, test } from 'vitest';
import { commonPrefix, planRanges } from './plan-ranges.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `a/IMG_${String(from + at).padStart(4, '0')}.jpg`);
const prefixes = (keys: string[]) => planRanges(keys).map(commonPrefix);

test.each<[string, string[], string[]]>([
  ['neighbours under one beginning', numbered(500, 600), ['a/IMG_05']],
  ['across one boundary', numbered(950, 1050), ['a/IMG_09', 'a/IMG_10']],
  ['across a small boundary', numbered(545, 555), ['a/IMG_054', 'a/IMG_055']],
  ['a whole folder', ['a/alps.jpg', 'a/beach.jpg', 'a/city.jpg'], ['a/']],
  ['one key', ['a/b.jpg'], ['a/b.jpg']],
  ['a key that others begin with', ['a/b', 'a/b1', 'a/b2'], ['a/b']],
  ['no character is cut in two', ['a/\u{1F600}', 'a/\u{1F601}', 'a/\u{1F602}'], ['a/']],
  ['nothing', [], ['']],
])('%s', (_, keys, expected) => expect(prefixes(keys)).toEqual(expected));

test('every key is in one group, in order', () => {
  const keys = numbered(937, 1113);
  expect(planRanges(keys).flat()).toEqual(keys);
});
