import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { lockOperation, maySteer, requireOperation } from './find-operation.ts';
import { enqueueRun } from './insert-operation.ts';
import { readOperation } from './read-operation.ts';
import type { OperationView } from './schema.ts';

/**
 * Stops an operation after the items under way; what is done stays done and can be undone. A running one answers `running`
 * until its runner has come to rest, mostly within a second.
 * @throws AppError not_found, forbidden, wrong_state when it has ended
 */
export async function cancelOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id } = await requireOperation(actor, input.id);
  await db().$transaction(async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw notFound('The operation');
    if (!maySteer(actor, operation))
      throw new AppError('forbidden', 'Only the person who started it, or an admin, can cancel it.');
    const { state } = operation;
    if (state !== 'planned' && state !== 'queued' && state !== 'running') {
      throw new AppError('wrong_state', 'It has ended already. Undo takes it back.');
    }
    // A running one is ended by its runner; if that one is dead, or was stopped in the middle of items, by the next one,
    // which finds out what became of them.
    const halfDone = await tx.operationItem.count({ where: { operationId: id, state: 'running' } });
    if (state === 'queued' && halfDone > 0) await enqueueRun(tx, id);
    const ended = state === 'running' || halfDone > 0 ? {} : { state: 'cancelled' as const, finishedAt: new Date() };
    // A plan has no runner to tell; without the request it is known as one that nobody started (`removeOldPlans`).
    const asked = state === 'planned' ? {} : { cancelRequestedAt: new Date() };
    await tx.operation.update({ where: { id }, data: { ...asked, ...ended } });
    if (state !== 'planned') {
      const fact = { type: 'operation.cancelled', operation: operation.type } as const;
      await recordAudit(tx, actor, fact, {
        libraryId: operation.libraryId,
        path: operation.plan.scope,
        operationId: id,
      });
    }
    await recordChange(tx, operation.libraryId, 'operation', id, operation.plan.scope);
  });
  return { operation: await readOperation(actor, id) };
}
