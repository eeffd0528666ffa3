import { formatPlural } from '#components/ui/format.ts';
import type { AssetEntry, Entry } from '#lib/assets/schema.ts';
import { isAsset, nameOfEntries } from '../entry-key.ts';
import type { Chosen } from './action.ts';

/** Entries that the page knows all of. */
export function chosenOf(entries: readonly Entry[]): Chosen {
  return { count: entries.length, entries, whole: null };
}

/** Whether the page knows all that is chosen, or can name it by a query. A range over places that were never looked at is read first. */
export const isRead = ({ count, entries, whole }: Chosen): boolean => whole !== null || entries.length === count;

/** The one asset, if it is one asset that is chosen. */
export function oneAsset({ count, entries }: Chosen): AssetEntry | null {
  const [one] = entries;
  return count === 1 && one && isAsset(one) ? one : null;
}

/** "IMG_1.jpg", "3 files", "12,408 items". */
export function nameOfChosen({ count, entries }: Chosen): string {
  return entries.length === count ? nameOfEntries(entries) : formatPlural(count, 'item');
}
