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
 * Lets an operation begin nothing new until it is resumed. One that runs answers `running` and `paused` until the items under way have come
 * to their end, mostly within a second.
 * @throws AppError not_found, forbidden, wrong_state when it has ended or was not started
 */
export async function pauseOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  return steer(actor, input.id, true);
}

/**
 * Goes on with a paused operation, in the worker.
 * @throws AppError not_found, forbidden, wrong_state when it has ended or was not started
 */
export async function resumeOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  return steer(actor, input.id, false);
}

async function steer(actor: Actor, wanted: string, pause: boolean): Promise<{ operation: OperationView }> {
  const { id } = await requireOperation(actor, wanted);
  await db().$transaction(async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw notFound('The operation');
    if (!maySteer(actor, operation)) {
      throw new AppError('forbidden', 'Only the person who started it, or an admin, can pause it or go on with it.');
    }
    if (operation.state !== 'queued' && operation.state !== 'running') {
      throw new AppError('wrong_state', 'It is not under way, so it cannot be paused or gone on with.');
    }
    if ((operation.pausedAt !== null) === pause) return;
    await tx.operation.update({ where: { id }, data: { pausedAt: pause ? new Date() : null } });
    // A runner that has not come to rest yet simply goes on; what rests gets a job.
    if (!pause && operation.state === 'queued') await enqueueRun(tx, id, operation.waitsUntil ?? undefined);
    const fact = { type: pause ? 'operation.paused' : 'operation.resumed', operation: operation.type } as const;
    await recordAudit(tx, actor, fact, { libraryId: operation.libraryId, path: operation.plan.scope, operationId: id });
    await recordChange(tx, operation.libraryId, 'operation', id, operation.plan.scope);
  });
  return { operation: await readOperation(actor, id) };
}
