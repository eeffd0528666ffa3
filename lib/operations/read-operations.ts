import { db, Prisma } from '#lib/db.ts';
import { operationColumns } from './find-operation.ts';
import type { StoredOperation } from './stored-types.ts';
import type { UndoAttempt } from './undoable.ts';

export type OperationWithUndo = {
  operation: StoredOperation;
  total: number;
  outcomes: number;
  attempts: (UndoAttempt & { userId: bigint })[];
};

/** Several operations with what decides about undo, in three reads. Whoever asks has checked the rights. */
export async function readOperations(ids: bigint[]): Promise<OperationWithUndo[]> {
  if (ids.length === 0) return [];
  const [operations, counts, attempts] = await Promise.all([
    db().$queryRaw<StoredOperation[]>`SELECT ${operationColumns} FROM "Operation" WHERE "id" IN (${Prisma.join(ids)})`,
    db().$queryRaw<{ id: bigint; total: number; outcomes: number }[]>`
      SELECT "operationId" AS "id", count(*)::int AS "total", count("outcome")::int AS "outcomes"
      FROM "OperationItem" WHERE "operationId" IN (${Prisma.join(ids)}) GROUP BY "operationId"`,
    db().operation.findMany({
      where: { undoOfId: { in: ids } },
      select: { id: true, state: true, finishedAt: true, undoOfId: true, userId: true },
    }),
  ]);
  const byId = new Map(counts.map((row) => [row.id, row]));
  return operations.map((operation) => ({
    operation,
    total: byId.get(operation.id)?.total ?? 0,
    outcomes: byId.get(operation.id)?.outcomes ?? 0,
    attempts: attempts.filter((attempt) => attempt.undoOfId === operation.id),
  }));
}
