import type { Actor, RoleName } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { lockOperation } from './find-operation.ts';
import { requireItemRights } from './item-rights.ts';
import type { PlannedItem } from './plan-summary.ts';
import { type DoneItem, planUndo, undoType } from './plan-undo.ts';
import type { OperationTypeName } from './schema.ts';
import { type OperationStep, stepOutcome } from './steps.ts';
import type { StoredOperation } from './stored-types.ts';
import { isUndoable } from './undoable.ts';

/** An undo ready to be written as an operation. */
export type PreparedUndo = { type: OperationTypeName; items: PlannedItem[]; role: RoleName };

/**
 * What undoing an operation would do, computed from its journal. What was undone once is left out; a failed or partial undo can be
 * repeated for the rest. The row lock makes two clicks one undo: the second one finds the first one's operation.
 * @throws AppError not_found, forbidden, wrong_state
 */
export async function prepareUndo(
  tx: Tx,
  actor: Actor,
  library: LibraryContext,
  operationId: bigint,
): Promise<PreparedUndo> {
  const operation = await lockOperation(tx, operationId);
  if (!operation) throw notFound('The operation');
  const attempts = await tx.operation.findMany({
    where: { undoOfId: operationId },
    select: { id: true, state: true, finishedAt: true },
  });
  const done = await doneItems(tx, operationId);
  if (!isUndoable(operation.state, done.length, attempts)) throw whyNot(operation.state, done.length);
  const undone = await undonePositions(
    tx,
    attempts.map((attempt) => attempt.id),
    done,
  );
  const items = planUndo(library, operation.type, done, undone);
  const steps = items.map((item) => item.step);
  const role = undoRole(operation, actor, steps);
  requireItemRights(actor, library.id, items, role);
  return { type: undoType(operation.type, steps), items, role };
}

/** One's own changes are one's own to take back; restored versions and the changes of others are an admin's. */
function undoRole(operation: StoredOperation, actor: Actor, steps: OperationStep[]): RoleName {
  if (operation.userId !== actor.userId) return 'admin';
  const restores = operation.type === 'restore-version' || operation.params.role === 'admin';
  return restores && steps.some((step) => step.kind === 'copy-up') ? 'admin' : 'contributor';
}

async function doneItems(tx: Tx, operationId: bigint): Promise<DoneItem[]> {
  const rows = await tx.$queryRaw<{ position: number; key: string; path: string; bytes: bigint; outcome: unknown }[]>`
    SELECT "position", "key", "path", "bytes", "outcome" FROM "OperationItem"
    WHERE "operationId" = ${operationId} AND "outcome" IS NOT NULL ORDER BY "position"`;
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), outcome: stepOutcome.parse(row.outcome) }));
}

/** What earlier undos took back. Those of earlier releases do not name the item, but had its key. */
async function undonePositions(tx: Tx, attempts: bigint[], items: DoneItem[]): Promise<Set<number>> {
  if (attempts.length === 0) return new Set();
  const rows = await tx.operationItem.findMany({
    where: { operationId: { in: attempts }, state: { in: ['done', 'skipped'] } },
    select: { key: true, undoes: true },
  });
  const keys = new Set(rows.filter((row) => row.undoes === null).map((row) => row.key));
  const unnamed = items.filter((item) => keys.has(item.key)).map((item) => item.position);
  return new Set([...rows.flatMap((row) => row.undoes ?? []), ...unnamed]);
}

function whyNot(state: string, outcomes: number): AppError {
  if (state === 'planned') return new AppError('wrong_state', 'It has not been run, so there is nothing to undo.');
  if (state === 'queued' || state === 'running')
    return new AppError('wrong_state', 'It is still running. Cancel it first, then undo what was done.');
  if (outcomes === 0) return new AppError('wrong_state', 'It changed nothing, so there is nothing to undo.');
  return new AppError('wrong_state', 'It was undone already, or its undo is under way.');
}
