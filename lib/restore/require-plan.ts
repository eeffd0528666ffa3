import type { Actor } from '#lib/auth/actor.ts';
import { AppError } from '#lib/errors.ts';
import { requireOperation } from '#lib/operations/find-operation.ts';
import type { StoredOperation } from '#lib/operations/stored-types.ts';

/**
 * A restore, to a moment or of one version, that is planned and not started; who may see the operation may look at its plan.
 * @throws AppError not_found; wrong_state when it is another operation, or was started
 */
export async function requirePlan(actor: Actor, id: string): Promise<StoredOperation> {
  const operation = await requireOperation(actor, id);
  const restores = operation.type === 'restore-to-time' || operation.type === 'restore-version';
  if (!restores || operation.state !== 'planned') {
    throw new AppError('wrong_state', 'It is no plan of a restore any more. Look at it in the activity.');
  }
  return operation;
}
