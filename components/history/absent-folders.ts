import type { Entry, FolderEntry } from '#lib/assets/schema.ts';

/** A folder of now that was not there at the moment that is shown: drawn dashed, in its place among the others. */
type AbsentFolder = FolderEntry & { absent: true };

export const isAbsent = (entry: FolderEntry): entry is AbsentFolder => 'absent' in entry;

/** What a folder holds when it was not there. It may have been there before and again since, so not "yet". */
export const absentWords = 'Not there then';

/**
 * The entries of a moment with the folders of now that did not stand then. An empty moment stays empty, and folders are left out while
 * not all of them are read: what is not read yet would look absent.
 * @param then folders first, by name
 * @param now by name
 * @param whole nothing follows after `then`
 */
export function withAbsentFolders(then: Entry[], now: readonly FolderEntry[], whole: boolean): Entry[] {
  const files = then.findIndex((entry) => entry.type === 'asset');
  if (then.length === 0 || (files === -1 && !whole)) return then;
  const folders = files === -1 ? then : then.slice(0, files);
  const stood = new Set(folders.map(({ path }) => path));
  const absent = now
    .filter(({ path }) => !stood.has(path))
    .map((folder): AbsentFolder => ({ ...folder, absent: true, assetCount: 0, bytes: 0, indexed: true }));
  if (absent.length === 0) return then;
  const merged = [...folders, ...absent].sort((a, b) => (a.path < b.path ? -1 : 1));
  return files === -1 ? merged : [...merged, ...then.slice(files)];
}
