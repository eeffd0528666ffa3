import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { ClassChangeOffer, PriceSheet } from './schema.ts';
import { billedSize, GB, priceOf } from './storage-price.ts';

/** A file in its storage class. */
export type ClassedFile = { storageClass: string; size: number };

/** Look, look again, bring the index up to date: three listings a file beside the copy. */
const LOOKS = 3;

type Sums = Map<string, { storageClass: string; count: number; bytes: number }>;

function addTo(sums: Sums, { storageClass, size }: ClassedFile): void {
  const sum = sums.get(storageClass) ?? { storageClass, count: 0, bytes: 0 };
  sums.set(storageClass, { storageClass, count: sum.count + 1, bytes: sum.bytes + size });
}

/** What keeping files as they lie costs a month, at the first tier of each class, and how many lie in which. */
export function sumClasses(files: readonly ClassedFile[], prices: PriceSheet) {
  const sums: Sums = new Map();
  for (const file of files) addTo(sums, file);
  return {
    classes: [...sums.values()].sort((a, b) => b.bytes - a.bytes || (a.storageClass < b.storageClass ? -1 : 1)),
    perMonth: files.reduce((sum, { storageClass, size }) => sum + monthOf(storageClass, size, prices), 0),
  };
}

/**
 * What bringing files into a class by copies costs: once for the requests and for reading out of classes that charge for it, and a month
 * for the copies. What lies there already costs nothing; what is archived is read by a thaw, which has its own price.
 */
export function planClassChange(
  files: readonly ClassedFile[],
  target: string,
  prices: PriceSheet,
): Omit<ClassChangeOffer, 'refusal' | 'byRule'> {
  const price = priceOf(prices, target);
  const archived: Sums = new Map();
  const offer = { count: 0, bytes: 0, copying: 0, reading: 0, perMonth: 0, padded: 0 };
  for (const file of files) {
    if (file.storageClass === target) continue;
    offer.count += 1;
    offer.bytes += file.size;
    offer.copying += (price.putPer1000 + LOOKS * prices.listPer1000) / 1_000;
    if (isArchived(file.storageClass)) addTo(archived, file);
    else offer.reading += (file.size / GB) * priceOf(prices, file.storageClass).retrievalPerGb;
    offer.perMonth += monthOf(target, file.size, prices);
    const billed = billedSize(price, file.size);
    if (billed.own + billed.standard > file.size) offer.padded += 1;
  }
  return { storageClass: target, ...offer, minimumDays: price.minimumDays, archived: [...archived.values()] };
}

function monthOf(storageClass: string, size: number, prices: PriceSheet): number {
  const price = priceOf(prices, storageClass);
  const { own, standard } = billedSize(price, size);
  const rate = (name: string) => (priceOf(prices, name).storage[0]?.perGbMonth ?? 0) / GB;
  return own * rate(storageClass) + standard * rate('STANDARD') + price.monitoringPer1000 / 1_000;
}
