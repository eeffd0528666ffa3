import type { Chosen } from '#components/browse/actions/action.ts';
import { isFolder } from '#components/browse/entry-key.ts';
import { whyNotWritable } from '#components/browse/library-context.tsx';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';

export type Dragged = { library: string; chosen: Chosen };

/** Whether a folder is one of those that are dragged, or lies in one. */
export function isWithin(folder: string, { entries }: Pick<Chosen, 'entries'>): boolean {
  return entries.some((entry) => isFolder(entry) && folder.startsWith(entry.path));
}

/** Why a drop into a folder would do nothing, in words; undefined when it would do something. */
export function whyNoDrop(folder: string, dragged: Dragged, library: LibraryView, copy: boolean): string | undefined {
  if (dragged.library !== library.slug) return 'It belongs to another library';
  if (isWithin(folder, dragged.chosen)) return 'A folder cannot go into itself';
  const { entries, whole } = dragged.chosen;
  if (!copy && whole === null && entries.every((entry) => parentFolder(entry.path) === folder))
    return 'It is there already';
  return whyNotWritable(library, folder);
}
