import { createTimeSlice } from './time-slice.ts';
import type { PickedFile } from './types.ts';

/** A directory that could not be read, or a file that went away while the drop was read. */
export type ReadProblem = { path: string; reason: string };

export type DroppedEntries = { entries: FileSystemEntry[]; loose: File[] };

/**
 * Takes the entries out of a drop. Must run inside the drop event: the browser empties the list afterwards.
 * Where it gives no entries (a drop made by a script, a picture from another page) the plain files are taken.
 */
export function takeDrop(transfer: Pick<DataTransfer, 'items' | 'files'>): DroppedEntries {
  const entries: FileSystemEntry[] = [];
  const loose: File[] = [];
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.() ?? null;
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    else if (file) loose.push(file);
  }
  if (entries.length === 0 && loose.length === 0) loose.push(...Array.from(transfer.files));
  return { entries, loose };
}

/**
 * Walks the dropped folders in slices. Order: as the file system gives it.
 * @param onEmpty a folder that holds neither file nor folder, as "lakes/empty/": there is nothing of it to send
 */
export async function* readDrop(
  { entries, loose }: DroppedEntries,
  onProblem: (problem: ReadProblem) => void,
  onEmpty: (path: string) => void,
): AsyncGenerator<PickedFile> {
  const slice = createTimeSlice();
  for (const file of loose) {
    yield { file, relativePath: file.name };
    await slice();
  }
  const folders: FileSystemDirectoryEntry[] = [];
  yield* readFiles(entries, folders, onProblem);
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    const reader = folder.createReader();
    for (let first = true; ; first = false) {
      let some: FileSystemEntry[];
      try {
        // Chromium gives at most 100 at a time; an empty answer is the end.
        some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      } catch (error) {
        onProblem({ path: relative(folder), reason: (error as Error).message });
        break;
      }
      if (some.length === 0) {
        if (first) onEmpty(`${relative(folder)}/`);
        break;
      }
      yield* readFiles(some, folders, onProblem);
      await slice();
    }
  }
}

async function* readFiles(
  entries: FileSystemEntry[],
  folders: FileSystemDirectoryEntry[],
  onProblem: (problem: ReadProblem) => void,
): AsyncGenerator<PickedFile> {
  const files: FileSystemFileEntry[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
    else files.push(entry as FileSystemFileEntry);
  }
  // Asked for together: each costs a round trip to the browser's file process.
  const opened = await Promise.allSettled(
    files.map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))),
  );
  for (const [i, result] of opened.entries()) {
    const path = relative(files[i] as FileSystemFileEntry);
    if (result.status === 'fulfilled') yield { file: result.value, relativePath: path };
    else onProblem({ path, reason: (result.reason as Error).message });
  }
}

const relative = (entry: FileSystemEntry) => entry.fullPath.replace(/^\//, '');

/** What a file input gave, with the folders of a folder pick. */
export function pickedFiles(files: Iterable<File>): PickedFile[] {
  return Array.from(files, (file) => ({ file, relativePath: pickedPath(file) }));
}

/**
 * Chromium writes "/" for every "\" in the paths of a folder pick, also where "\" is a letter of a name (Linux, macOS), and so would make a
 * folder of its first half. The name of the file itself is left as it is; that of a folder cannot be told any more.
 */
function pickedPath({ name, webkitRelativePath }: File): string {
  const changed = name.replaceAll('\\', '/');
  if (changed === name || !webkitRelativePath.endsWith(`/${changed}`)) return webkitRelativePath || name;
  return webkitRelativePath.slice(0, -changed.length) + name;
}
