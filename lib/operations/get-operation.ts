import type { Actor } from '#lib/auth/actor.ts';
import { readOperation } from './read-operation.ts';
import type { OperationView } from './schema.ts';

/** @throws AppError not_found, also for what is not yours */
export async function getOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  return { operation: await readOperation(actor, BigInt(input.id)) };
}
