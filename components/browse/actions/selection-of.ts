import type { StartInput } from '#components/trash/use-operations.tsx';
import { isAsset } from '../entry-key.ts';
import type { Chosen } from './action.ts';

/**
 * What an operation is told to work on. Files by their ids, which survive a rename; with folders among them, all by path. All files of
 * a folder or a search are a query with the count that the person saw: where the folder has another number by now, nothing is done.
 */
export function selectionOf({ count, entries, whole }: Chosen): StartInput['selection'] {
  if (whole) {
    return {
      query: whole.query,
      exclude: whole.except.filter(isAsset).map(({ id }) => id),
      expectedCount: count,
    };
  }
  // The screen offers nothing before all is read; what is chosen is never taken in part.
  if (entries.length !== count) throw new Error(`${count} are chosen, of which ${entries.length} are known.`);
  return entries.every(isAsset) ? { ids: entries.map(({ id }) => id) } : { paths: entries.map(({ path }) => path) };
}
