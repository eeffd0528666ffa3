import { isAsset } from '../entry-key.ts';
import type { Chosen } from './action.ts';

/** What an operation is told to work on. Files by their ids, which survive a rename; with folders among them, all by path. */
export function selectionOf({ entries }: Chosen): { ids: string[] } | { paths: string[] } {
  return entries.every(isAsset) ? { ids: entries.map(({ id }) => id) } : { paths: entries.map(({ path }) => path) };
}
