import { requireRole } from '#lib/auth/access.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { lockOperation, requireOperation } from './find-operation.ts';
import { insertOperation } from './insert-operation.ts';
import { type DoneItem, planUndo, undoType } from './plan-undo.ts';
import { readOperation } from './read-operation.ts';
import { runOperation } from './run-operation.ts';
import type { OperationView } from './schema.ts';
import { stepOutcome } from './steps.ts';
import { isUndoable } from './undoable.ts';

/**
 * Takes back what an operation did, by a new operation computed from its journal. Where the world has moved on since, the item
 * is a conflict and is not forced. What was undone once is not undone again; a failed or partial undo can be repeated for the rest.
 * Own operations ask for a contributor (restored versions: an admin), those of others for an admin.
 * @throws AppError not_found, forbidden, wrong_state
 */
export async function undoOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id, libraryId } = await requireOperation(actor, input.id);
  requireWritable(await requireLibraryById(libraryId));
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
    const undone = await undoneKeys(
      tx,
      attempts.map((attempt) => attempt.id),
    );
    const items = planUndo(operation.type, done, undone);
    const steps = items.map((item) => item.step);
    const own = operation.userId === actor.userId;
    const role: RoleName = !own || steps.some((step) => step.kind === 'copy-up') ? 'admin' : 'contributor';
    requireRole(
      actor,
      libraryId,
      items.map((item) => item.path),
      role,
    );
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

async function doneItems(tx: Tx, operationId: bigint): Promise<DoneItem[]> {
  const rows = await tx.$queryRaw<{ key: string; path: string; bytes: bigint; outcome: unknown }[]>`
    SELECT "key", "path", "bytes", "outcome" FROM "OperationItem"
    WHERE "operationId" = ${operationId} AND "outcome" IS NOT NULL ORDER BY "position"`;
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), outcome: stepOutcome.parse(row.outcome) }));
}

async function undoneKeys(tx: Tx, attempts: bigint[]): Promise<Set<string>> {
  if (attempts.length === 0) return new Set();
  const rows = await tx.operationItem.findMany({
    where: { operationId: { in: attempts }, state: { in: ['done', 'skipped'] } },
    select: { key: true },
  });
  return new Set(rows.map((row) => row.key));
}

function whyNot(state: string, outcomes: number): AppError {
  if (state === 'planned') return new AppError('wrong_state', 'It has not been run, so there is nothing to undo.');
  if (state === 'queued' || state === 'running')
    return new AppError('wrong_state', 'It is still running. Cancel it first, then undo what was done.');
  if (outcomes === 0) return new AppError('wrong_state', 'It changed nothing, so there is nothing to undo.');
  return new AppError('wrong_state', 'It was undone already, or its undo is under way.');
}
