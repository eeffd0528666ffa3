import { describe, expect, it } from 'vitest';
import { archiveName, planArchive } from './plan-archive.ts';

const names = (roots: string[], ...paths: string[]) =>
  planArchive(
    roots,
    paths.map((path) => ({ path })),
  ).map((one) => one.to);

describe('planArchive', () => {
  it('keeps folders with their tree, and files beside them', () => {
    expect(names(['a/b/'], 'a/b/', 'a/b/c/x.jpg', 'a/y.jpg')).toEqual(['b/', 'b/c/x.jpg', 'y.jpg']);
  });
  it('numbers files of one name, also where only case differs', () => {
    expect(names([], 'a/x.jpg', 'b/x.jpg', 'c/X.JPG')).toEqual([
      'x.jpg',
      'x (2).jpg',
      'X (2).JPG'.replace('(2)', '(3)'),
    ]);
  });
  it('holds the whole library without a folder around it', () => {
    expect(names([''], 'a/x.jpg', 'y.jpg')).toEqual(['a/x.jpg', 'y.jpg']);
  });
});

it.each([
  [['a/b/'], ['a/b/x'], 'b'],
  [[], ['a/b/x', 'a/b/y'], 'b'],
  [['a/b/'], ['a/b/x', 'a/y'], 'a'],
  [[], ['x', 'y'], 'lib'],
  [[], ['a/x', 'b/y'], 'lib'],
  [[''], ['a/x'], 'lib'],
])('archiveName of %j and %j', (roots, paths, name) => {
  expect(archiveName('lib', roots, paths)).toBe(name);
});
