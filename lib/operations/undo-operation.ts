import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { lockOperation, requireOperation } from './find-operation.ts';
import { insertOperation } from './insert-operation.ts';
import { requireItemRights } from './item-rights.ts';
import { type DoneItem, planUndo, undoType } from './plan-undo.ts';
import { readOperation } from './read-operation.ts';
import { runOperation } from './run-operation.ts';
import type { OperationView } from './schema.ts';
import { type OperationStep, stepOutcome } from './steps.ts';
import type { StoredOperation } from './stored-types.ts';
import { isUndoable } from './undoable.ts';

/**
 * Takes back what an operation did, by a new operation computed from its journal. Where the world has moved on since, the item
 * is a conflict and is not forced. What was undone once is not undone again; a failed or partial undo can be repeated for the rest.
 * Own operations ask for a contributor (restored versions: an admin), those of others for an admin.
 * @throws AppError not_found, forbidden, wrong_state
 */
export async function undoOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id, libraryId } = await requireOperation(actor, input.id);
  const library = await requireLibraryById(libraryId);
  requireWritable(library);
  // The row lock makes two clicks one undo: the second one finds the first one's operation.
  const made = await db().$transaction(async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw notFound('The operation');
    const attempts = await tx.operation.findMany({
      where: { undoOfId: id },
      select: { id: true, state: true, finishedAt: true },
    });
    const done = await doneItems(tx, id);
    if (!isUndoable(operation.state, done.length, attempts)) throw whyNot(operation.state, done.length);
    const undone = await undonePositions(
      tx,
      attempts.map((attempt) => attempt.id),
      done,
    );
    const items = planUndo(library, operation.type, done, undone);
    const steps = items.map((item) => item.step);
    const role = undoRole(operation, actor, steps);
    requireItemRights(actor, libraryId, items, role);
    return insertOperation(tx, actor, {
      libraryId,
      type: undoType(operation.type, steps),
      items,
      params: {},
      role,
      clientId: null,
      planned: false,
      undoOfId: id,
    });
  });
  if (made.runs === 'inline') await runOperation(made.id);
  return { operation: await readOperation(actor, made.id) };
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
