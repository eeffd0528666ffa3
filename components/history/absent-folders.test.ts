import { describe, expect, it } from 'vitest';
import type { AssetEntry, Entry, FolderEntry } from '#lib/assets/schema.ts';
import { isAbsent, withAbsentFolders } from './absent-folders.ts';

const folder = (name: string): FolderEntry => ({
  type: 'folder',
  name,
  path: `lake/${name}/`,
  assetCount: 3,
  bytes: 9,
  indexed: true,
});
const file = (name: string) => ({ type: 'asset', name, path: `lake/${name}` }) as AssetEntry;
const told = (entries: Entry[]) =>
  entries.map((entry) => (entry.type === 'folder' && isAbsent(entry) ? `(${entry.name})` : entry.name));

describe('folders that were not there then', () => {
  it.each<[string, Entry[], string[], boolean, string[]]>([
    ['stand among the others by name', [folder('b'), file('x')], ['a', 'b', 'c'], false, ['(a)', 'b', '(c)', 'x']],
    ['stand before the files', [file('x')], ['a'], false, ['(a)', 'x']],
    ['come when all folders are read', [folder('b')], ['a', 'b'], true, ['(a)', 'b']],
    ['wait until all folders are read', [folder('b')], ['a', 'b'], false, ['b']],
    ['do not fill an empty moment', [], ['a'], true, []],
    ['are none when all stood', [folder('a'), file('x')], ['a'], false, ['a', 'x']],
    ['leave a folder that is gone now', [folder('gone'), file('x')], [], false, ['gone', 'x']],
  ])('%s', (_, then, now, whole, expected) => {
    expect(told(withAbsentFolders(then, now.map(folder), whole))).toEqual(expected);
  });
});
