import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import type { MonthlyUse } from './schema.ts';

/**
 * Keeps what an admin expects to be read from a library a month; null: nothing is said of reading. Bytes go from the store to people past the app,
 * so nobody here can count them.
 * @throws AppError not_found, forbidden
 */
export async function setMonthlyUse(
  actor: Actor,
  input: { library: string; use: MonthlyUse | null },
): Promise<{ use: MonthlyUse | null }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { use } = input;
  await db().$transaction(async (tx) => {
    const before = await tx.library.findUniqueOrThrow({ where: { id: library.id }, select: { monthlyUse: true } });
    await tx.library.update({ where: { id: library.id }, data: { monthlyUse: use ?? Prisma.DbNull } });
    await tx.settingsChange.create({
      data: {
        userId: actor.userId,
        libraryId: library.id,
        setting: 'monthly-use',
        before: before.monthlyUse ?? Prisma.JsonNull,
        after: use ?? Prisma.JsonNull,
      },
    });
    const facts = { downloads: use?.downloads ?? null, bytes: use?.bytes ?? null };
    await recordAudit(tx, actor, { type: 'monthly-use.changed', ...facts }, { libraryId: library.id });
  });
  return { use };
}
