import { describe, expect, it } from 'vitest';
import type { Entry } from '#lib/assets/schema.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { whyNoDrop } from './plan-drop.ts';

const library = {
  slug: 'lib',
  name: 'Lib',
  readOnlyReason: null,
  prefixes: [
    { prefix: '', role: 'viewer' },
    { prefix: 'mine/', role: 'contributor' },
  ],
} as unknown as LibraryView;
const file = (path: string) => ({ type: 'asset', path }) as Entry;
const folder = (path: string) => ({ type: 'folder', path }) as Entry;
const why = (entries: Entry[], into: string, more: { copy?: boolean; from?: string } = {}) =>
  whyNoDrop(
    into,
    { library: more.from ?? 'lib', chosen: { count: entries.length, entries, whole: null } },
    library,
    more.copy ?? false,
  );

describe('whyNoDrop', () => {
  it.each([
    ['a file into another folder', [file('mine/a.jpg')], 'mine/b/', {}, undefined],
    ['a file to where it is', [file('mine/a.jpg')], 'mine/', {}, 'It is there already'],
    ['a copy to where it is', [file('mine/a.jpg')], 'mine/', { copy: true }, undefined],
    ['some of which one is there', [file('mine/a.jpg'), file('mine/b/c.jpg')], 'mine/', {}, undefined],
    ['a folder into itself', [folder('mine/b/')], 'mine/b/', {}, 'A folder cannot go into itself'],
    ['a folder into one below', [folder('mine/b/')], 'mine/b/c/', { copy: true }, 'A folder cannot go into itself'],
    ['a folder beside one of a like name', [folder('mine/b/')], 'mine/bc/', {}, undefined],
    [
      'into a folder of others',
      [file('mine/a.jpg')],
      'theirs/',
      {},
      'Only contributors of theirs/ change what is here',
    ],
    ['from another library', [file('mine/a.jpg')], 'mine/b/', { from: 'other' }, 'It belongs to another library'],
  ])('%s', (_, entries, into, more, expected) => {
    expect(why(entries, into, more)).toBe(expected);
  });
});
