import type { FolderEntry } from './schema.ts';

/**
 * What somebody sees above their grants: the next folder on the way to each of them, nothing else, without counts.
 * @param prefixes granted prefixes, each "" or ending in "/"
 */
export function planWay(folderPath: string, prefixes: string[]): FolderEntry[] {
  const names = new Set<string>();
  for (const prefix of prefixes) {
    if (prefix.length <= folderPath.length || !prefix.startsWith(folderPath)) continue;
    names.add(prefix.slice(folderPath.length, prefix.indexOf('/', folderPath.length)));
  }
  return [...names]
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((name) => ({
      type: 'folder',
      name,
      path: `${folderPath}${name}/`,
      assetCount: null,
      bytes: null,
      indexed: true,
    }));
}
