import type { Actor } from '#lib/auth/actor.ts';
import { requireOperation } from './find-operation.ts';
import { readOperation } from './read-operation.ts';
import type { OperationView } from './schema.ts';

/** @throws AppError not_found, also for what is not yours */
export async function getOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id } = await requireOperation(actor, input.id);
  return { operation: await readOperation(actor, id) };
}
