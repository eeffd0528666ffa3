import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { requestMeasure } from './request-measure.ts';
import { requirePrices } from './require-prices.ts';
import type { PriceSheet } from './schema.ts';

/**
 * Gives the store of a library its own price sheet, or with null the one that ships. It holds for every library of that store, which
 * are measured again: minimum sizes belong to the prices.
 * @throws AppError not_found, forbidden, invalid_request without a price for Standard
 */
export async function setPrices(
  actor: Actor,
  input: { library: string; prices: PriceSheet | null },
): Promise<{ prices: PriceSheet; ownPrices: boolean }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  if (input.prices && !input.prices.classes.STANDARD) {
    throw new AppError(
      'invalid_request',
      'The sheet has no price for STANDARD, which is what everything else is compared with.',
      {
        errors: [{ path: 'prices.classes.STANDARD', message: 'is missing' }],
      },
    );
  }
  const { prices: before } = await requirePrices(library.id);
  await db().$transaction(async (tx) => {
    const { storeId } = await tx.library.findUniqueOrThrow({ where: { id: library.id }, select: { storeId: true } });
    await tx.store.update({ where: { id: storeId }, data: { prices: input.prices ?? Prisma.DbNull } });
    const after = input.prices ?? null;
    await tx.settingsChange.create({
      data: { userId: actor.userId, libraryId: library.id, setting: 'prices', before, after: after ?? Prisma.JsonNull },
    });
    const names = { before: before.name, after: after?.name ?? null };
    await recordAudit(tx, actor, { type: 'prices.changed', ...names }, { libraryId: library.id });
    for (const { id } of await tx.library.findMany({ where: { storeId }, select: { id: true } }))
      await requestMeasure(tx, id);
  });
  const { prices, own } = await requirePrices(library.id);
  return { prices, ownPrices: own };
}
