import { db } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import type { Claim } from './claim.ts';
import { enqueueRun } from './insert-operation.ts';
import { ClaimLost, nextWaitOf } from './item-journal.ts';
import type { StoredOperation } from './stored-types.ts';

/**
 * Lays an operation down that has nothing to do at the moment: somebody paused it, or all that is left waits for a thaw, and a job takes it up
 * again then. A cancelled one is not laid down, it ends.
 * @returns false when it has come to its end instead
 * @throws ClaimLost
 */
export async function restOperation(claim: Claim, operation: StoredOperation): Promise<boolean> {
  const until = await nextWaitOf(operation.id);
  return db().$transaction(async (tx) => {
    // The row is locked first: a pause or a cancel that comes now waits, and finds what was decided.
    const [row] = await tx.$queryRaw<
      { pausedAt: Date | null; cancelRequestedAt: Date | null; claimedBy: string | null }[]
    >`
      SELECT "pausedAt", "cancelRequestedAt", "claimedBy" FROM "Operation" WHERE "id" = ${operation.id} FOR UPDATE`;
    if (row?.claimedBy !== claim.token) throw new ClaimLost();
    if (row.cancelRequestedAt !== null) return false;
    const left = await tx.operationItem.count({
      where: { operationId: operation.id, state: { in: ['pending', 'running'] } },
    });
    if (left === 0) return false;
    // The hour of patience with a store that is away counts from when it is taken up again.
    await tx.$executeRaw`
      UPDATE "Operation" SET "state" = 'queued', "claimedBy" = NULL, "heartbeatAt" = NULL, "waitsUntil" = ${until}, "startedAt" = NULL
      WHERE "id" = ${operation.id}`;
    if (row.pausedAt === null) await enqueueRun(tx, operation.id, until ?? undefined);
    await recordChange(tx, operation.libraryId, 'operation', operation.id, operation.plan.scope);
    return true;
  });
}
