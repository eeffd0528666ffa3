import { expect, it } from 'vitest';
import { planWay } from './plan-way.ts';

it.each([
  ['', ['a/b/', 'a/c/', 'z/'], ['a/', 'z/']],
  ['a/', ['a/b/', 'a/c/d/', 'z/'], ['a/b/', 'a/c/']],
  ['a/b/', ['a/b/', 'ab/'], []],
  ['a/', ['ab/', 'a/'], []],
  ['', ['～/', '😀/', 'B/', 'a/'], ['B/', 'a/', '～/', '😀/']],
  ['', [], []],
])('from "%s" to %j', (from, prefixes, folders) => {
  const way = planWay(from, prefixes);
  expect(way.map(({ path }) => path)).toEqual(folders);
  expect(way.every(({ assetCount, bytes }) => assetCount === null && bytes === null)).toBe(true);
});
