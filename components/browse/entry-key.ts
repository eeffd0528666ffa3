import { formatPlural } from '#components/ui/format.ts';
import type { AssetEntry, Entry, FolderEntry } from '#lib/assets/schema.ts';

/** What selection and focus hold on to: a file's id survives a rename, a folder is its path. */
export function entryKey(entry: Entry): string {
  return entry.type === 'asset' ? `a${entry.id}` : `f${entry.path}`;
}

export function isAsset(entry: Entry): entry is AssetEntry {
  return entry.type === 'asset';
}

export function isFolder(entry: Entry): entry is FolderEntry {
  return entry.type === 'folder';
}

/** A name as it can be shown: control characters and direction marks as escapes, nothing at all as "(no name)". */
export function shownName(entry: Entry): string {
  if (entry.name === '') return '(no name)';
  return entry.name.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is made visible
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** "IMG_1.jpg", "3 files", "2 folders", "5 items". */
export function nameOfEntries(entries: readonly Entry[]): string {
  const [one] = entries;
  if (entries.length === 1 && one) return shownName(one);
  const files = entries.filter(isAsset).length;
  if (files === entries.length) return formatPlural(files, 'file');
  return formatPlural(entries.length, files === 0 ? 'folder' : 'item');
}

/** Bytes of files, and of folders with all that is below them. */
export function bytesOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + (isAsset(entry) ? entry.size : (entry.bytes ?? 0)), 0);
}
