import { db } from '#lib/db.ts';

/** Hours for which a plan stays that nobody has started: a dialog that was left open over night still finds its own. */
const keepHours = 24;

/**
 * Removes plans that nobody started, those that were cancelled among them. Nothing was done by them, so no audit fact tells of them; whatever
 * was started stays for good. One at a time: each may have 100,000 items. One that is being started is passed over.
 * @returns how many
 */
export async function removeOldPlans(signal?: AbortSignal): Promise<number> {
  for (let removed = 0; ; removed += 1) {
    if (signal?.aborted) return removed;
    // `cancelRequestedAt` is asked of what runs; only plans are cancelled without it.
    const count = await db().$executeRaw`
      DELETE FROM "Operation" WHERE "id" = (
        SELECT "id" FROM "Operation"
        WHERE ("state" = 'planned' OR ("state" = 'cancelled' AND "cancelRequestedAt" IS NULL))
          AND "createdAt" < now() - make_interval(hours => ${keepHours}::int)
        ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED)`;
    if (count === 0) return removed;
  }
}
