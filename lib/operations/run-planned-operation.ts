import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { leaveOut } from '#lib/restore/leave-out.ts';
import type { KindChoice } from '#lib/restore/schema.ts';
import { lockOperation, requireOperation } from './find-operation.ts';
import { enqueueRun, told, whereToRun } from './insert-operation.ts';
import { requireItemRights } from './item-rights.ts';
import { readOperation } from './read-operation.ts';
import { runInRequest } from './run-in-request.ts';
import type { OperationView, ThawWish } from './schema.ts';
import { operationStep } from './steps.ts';

/**
 * Runs a planned operation as it was frozen; what changed since becomes a conflict of its item. Of a restore to a moment, files and whole
 * kinds may be left out, and what is archived may be thawed.
 * @throws AppError not_found, forbidden (only who planned it may start it), wrong_state when it was started already or nothing is chosen
 */
export async function runPlannedOperation(
  actor: Actor,
  input: { id: string; choices?: KindChoice[] | undefined; thaw?: ThawWish | undefined },
): Promise<{ operation: OperationView }> {
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
  if (input.choices && operation.type !== 'restore-to-time') {
    throw new AppError('invalid_request', 'Only of a restore to a moment can a part be chosen.');
  }
  if (input.thaw && operation.type !== 'restore-to-time' && operation.type !== 'restore-version') {
    throw new AppError('invalid_request', 'Only what a restore copies can be thawed.');
  }
  const runs = paths.length === 0 ? 'inline' : whereToRun(operation.type, paths.length, operation.plan.bytesToCopy);
  await db().$transaction(async (tx) => {
    const locked = await lockOperation(tx, operation.id);
    if (!locked) throw notFound('The operation');
    if (locked.state !== 'planned')
      throw new AppError('wrong_state', 'It was started already. Look at it in the activity.');
    const left = await leaveOut(tx, operation.id, input.choices ?? []);
    if (left > 0 && left === paths.length) throw new AppError('wrong_state', 'Nothing of it is chosen.');
    const params = input.thaw ? { params: { ...locked.params, thaw: input.thaw } } : {};
    await tx.operation.update({ where: { id: operation.id }, data: { state: 'queued', ...params } });
    const rest = await tx.operationItem.aggregate({
      where: { operationId: operation.id, state: 'pending' },
      _count: true,
      _sum: { bytes: true },
    });
    const bytes = Number(rest._sum.bytes ?? 0n);
    const facts = { operation: operation.type, total: rest._count, bytes, ...told(operation.params) };
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
