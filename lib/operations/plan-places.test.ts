import { describe, expect, it } from 'vitest';
import { copiesOntoThemselves, outermost, planPlaces } from './plan-places.ts';

const items = (...paths: string[]) => paths.map((path) => ({ path }));
const places = (roots: string[], paths: string[], to: string, name?: string) =>
  planPlaces(roots, items(...paths), { to, name }).map((one) => one.to);

describe('planPlaces', () => {
  it.each([
    ['files keep their names', [], ['a/x.jpg', 'y.jpg'], 'to/', undefined, ['to/x.jpg', 'to/y.jpg']],
    ['a file to the top', [], ['a/x.jpg'], '', undefined, ['x.jpg']],
    ['a file renamed', [], ['a/x.jpg'], 'a/', 'z.jpg', ['a/z.jpg']],
    [
      'a folder keeps its name and its tree',
      ['a/b/'],
      ['a/b/', 'a/b/c/x.jpg'],
      'to/',
      undefined,
      ['to/b/', 'to/b/c/x.jpg'],
    ],
    ['a folder renamed', ['a/b/'], ['a/b/', 'a/b/c/x.jpg'], 'a/', 'n', ['a/n/', 'a/n/c/x.jpg']],
    [
      'what was chosen inside a chosen folder goes with it',
      ['a/', 'a/b/'],
      ['a/b/x.jpg', 'a/y.jpg'],
      'to/',
      undefined,
      ['to/a/b/x.jpg', 'to/a/y.jpg'],
    ],
    [
      'a folder with a name that begins like another',
      ['a/'],
      ['a/x.jpg', 'ab.jpg'],
      'to/',
      undefined,
      ['to/a/x.jpg', 'to/ab.jpg'],
    ],
  ] as const)('%s', (_, roots, paths, to, name, expected) => {
    expect(places([...roots], [...paths], to, name)).toEqual(expected);
  });

  it('lets no folder go into itself', () => {
    expect(() => places(['a/'], ['a/x.jpg'], 'a/')).toThrow(/into itself/);
    expect(() => places(['a/'], ['a/x.jpg'], 'a/b/')).toThrow(/into itself/);
    expect(places(['a/'], ['a/x.jpg'], 'ab/')).toEqual(['ab/a/x.jpg']);
  });

  it('gives a new name to one thing only', () => {
    expect(() => places([], ['x.jpg', 'y.jpg'], '', 'z.jpg')).toThrow(/one file or folder/);
    expect(() => places(['a/'], ['a/x.jpg', 'y.jpg'], '', 'z')).toThrow(/one file or folder/);
  });
});

it('outermost', () => expect(outermost(['a/b/', 'a/', 'c/', 'a/'])).toEqual(['a/', 'c/']));

it('copiesOntoThemselves', () => {
  expect(copiesOntoThemselves(['a/b/', 'c/'], { to: 'a/' })).toEqual(['a/b/']);
  expect(copiesOntoThemselves(['a/b/'], { to: 'a/', name: 'n' })).toEqual([]);
});
