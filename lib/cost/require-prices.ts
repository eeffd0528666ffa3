import { db } from '#lib/db.ts';
import { pricesUsEast1 } from './prices-us-east-1.ts';
import { type PriceSheet, priceSheet } from './schema.ts';

/** The prices that hold for a library: those that an admin gave for its store, else the sheet that ships. */
export async function requirePrices(libraryId: bigint): Promise<{ prices: PriceSheet; own: boolean }> {
  const { store } = await db().library.findUniqueOrThrow({
    where: { id: libraryId },
    select: { store: { select: { prices: true } } },
  });
  return store.prices === null
    ? { prices: pricesUsEast1, own: false }
    : { prices: priceSheet.parse(store.prices), own: true };
}
