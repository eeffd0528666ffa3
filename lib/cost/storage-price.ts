import type { ClassPrice, PriceSheet } from './schema.ts';

/** AWS bills binary gigabytes: its own worked examples fit no other (s3-facts 4.12). */
export const GB = 2 ** 30;

/** A class that the sheet does not name is billed as Standard, which is never too little. */
export function priceOf(prices: PriceSheet, storageClass: string): ClassPrice {
  const price = prices.classes[storageClass] ?? prices.classes.STANDARD;
  if (!price) throw new Error('A price sheet names STANDARD at least.');
  return price;
}

/**
 * Price of storing an amount for a month, with the tiers of the class; what is over one tier's limit is billed at the next.
 * @param bytes as billed
 */
export function tieredPrice(price: ClassPrice, bytes: number): number {
  let rest = bytes / GB;
  let from = 0;
  let sum = 0;
  for (const { upToGb, perGbMonth } of price.storage) {
    const amount = upToGb === null ? rest : Math.min(rest, upToGb - from);
    sum += amount * perGbMonth;
    rest -= amount;
    from = upToGb ?? from;
    if (rest <= 0) break;
  }
  return sum;
}

/** What one object of this size is billed as in its class: bytes at the price of the class, and bytes at that of Standard. */
export function billedSize(price: ClassPrice, size: number): { own: number; standard: number } {
  return { own: Math.max(size, price.minimumBytes) + price.overheadBytes, standard: price.overheadStandardBytes };
}
