import type { PriceSheet } from '#lib/cost/schema.ts';
import { priceOf } from '#lib/cost/storage-price.ts';
import type { RestoreRates } from './schema.ts';

/** What copying and thawing comes to, of a price sheet. Readable copies of archived files are billed as Standard. */
export function ratesOf(prices: PriceSheet): RestoreRates {
  const standard = priceOf(prices, 'STANDARD');
  return {
    currency: prices.currency,
    sheet: prices.name,
    asOf: prices.asOf,
    list: prices.listPer1000 / 1_000,
    copy: standard.putPer1000 / 1_000,
    perGbMonth: standard.storage[0]?.perGbMonth ?? 0,
    retrievalPerGb: Object.fromEntries(
      Object.entries(prices.classes).map(([name, { retrievalPerGb }]) => [name, retrievalPerGb]),
    ),
  };
}
