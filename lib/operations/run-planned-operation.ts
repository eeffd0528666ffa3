import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { lockOperation, requireOperation } from './find-operation.ts';
import { enqueueRun, told, whereToRun } from './insert-operation.ts';
import { requireItemRights } from './item-rights.ts';
import { readOperation } from './read-operation.ts';
import { runInRequest } from './run-in-request.ts';
import type { OperationView } from './schema.ts';
import { operationStep } from './steps.ts';

/**
 * Runs a planned operation as it was frozen; what changed since becomes a conflict of its item.
 * @throws AppError not_found, forbidden (only who planned it may start it), wrong_state when it was started already
 */
export async function runPlannedOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const operation = await requireOperation(actor, input.id);
  if (operation.userId !== actor.userId)
    throw new AppError('forbidden', 'Only the person who planned it can start it.');
  requireWritable(await requireLibraryById(operation.libraryId));
  const paths = await db().operationItem.findMany({
    where: { operationId: operation.id, state: 'pending' },
    select: { path: true, fromPath: true, bytes: true, step: true },
  });
  const places = paths.map((item) => ({ ...item, step: operationStep.parse(item.step) }));
  requireItemRights(actor, operation.libraryId, places, operation.params.role);
  const runs = paths.length === 0 ? 'inline' : whereToRun(operation.type, paths.length, operation.plan.bytesToCopy);
  await db().$transaction(async (tx) => {
    const locked = await lockOperation(tx, operation.id);
    if (!locked) throw notFound('The operation');
    if (locked.state !== 'planned')
      throw new AppError('wrong_state', 'It was started already. Look at it in the activity.');
    await tx.operation.update({ where: { id: operation.id }, data: { state: 'queued' } });
    const bytes = paths.reduce((sum, item) => sum + Number(item.bytes), 0);
    const facts = { operation: operation.type, total: paths.length, bytes, ...told(operation.params) };
    const fact = { type: 'operation.started', ...facts } as const;
    await recordAudit(tx, actor, fact, {
      libraryId: operation.libraryId,
      path: operation.plan.scope,
      operationId: operation.id,
    });
    if (runs === 'worker') await enqueueRun(tx, operation.id);
  });
  if (runs === 'inline') await runInRequest(operation.id);
  return { operation: await readOperation(actor, operation.id) };
}
