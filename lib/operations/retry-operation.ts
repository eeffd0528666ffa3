import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { lockOperation, maySteer, requireOperation } from './find-operation.ts';
import { enqueueRun, whereToRun } from './insert-operation.ts';
import { requireItemRights } from './item-rights.ts';
import { readOperation } from './read-operation.ts';
import { runInRequest } from './run-in-request.ts';
import type { OperationView } from './schema.ts';
import { operationStep } from './steps.ts';

/**
 * Runs the failed items of an ended operation again, with the expectations that they were planned with. Finished items and
 * conflicts are left as they are.
 * @throws AppError not_found, forbidden, wrong_state when nothing failed or it was undone
 */
export async function retryOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id, libraryId } = await requireOperation(actor, input.id);
  requireWritable(await requireLibraryById(libraryId));
  const runs = await db().$transaction(async (tx) => {
    const operation = await lockOperation(tx, id);
    if (!operation) throw notFound('The operation');
    if (!maySteer(actor, operation))
      throw new AppError('forbidden', 'Only the person who started it, or an admin, can run it again.');
    if (operation.state !== 'partial' && operation.state !== 'failed')
      throw new AppError('wrong_state', 'Nothing of it failed.');
    const undone = await tx.operation.count({ where: { undoOfId: id, NOT: { state: { in: ['failed', 'planned'] } } } });
    if (undone > 0) throw new AppError('wrong_state', 'It was undone since. Start it anew.');
    const failed = await tx.operationItem.findMany({
      where: { operationId: id, state: 'failed' },
      select: { path: true, fromPath: true, bytes: true, step: true },
    });
    if (failed.length === 0)
      throw new AppError('wrong_state', 'Nothing of it failed: the conflicts are yours to decide.');
    const places = failed.map((item) => ({ ...item, step: operationStep.parse(item.step) }));
    requireItemRights(actor, libraryId, places, operation.params.role);
    await tx.operationItem.updateMany({
      where: { operationId: id, state: 'failed' },
      data: { state: 'pending', errorCode: null, errorDetail: null, finishedAt: null },
    });
    await tx.operation.update({
      where: { id },
      data: { state: 'queued', finishedAt: null, startedAt: new Date(), cancelRequestedAt: null },
    });
    const fact = { type: 'operation.retried', operation: operation.type, total: failed.length } as const;
    await recordAudit(tx, actor, fact, { libraryId, path: operation.plan.scope, operationId: id });
    const where = whereToRun(operation.type, failed.length, operation.plan.bytesToCopy);
    if (where === 'worker') await enqueueRun(tx, id);
    return where;
  });
  if (runs === 'inline') await runInRequest(id);
  return { operation: await readOperation(actor, id) };
}
