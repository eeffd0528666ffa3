import { hasRole, roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma, type Tx } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import type { StoredOperation } from './stored-types.ts';

export const operationColumns = Prisma.sql`"id", "libraryId", "userId", "type"::text AS "type", "state"::text AS "state", "params", "plan",
  "undoOfId", "errorDetail", "createdAt", "startedAt", "finishedAt", "pausedAt", "waitsUntil"`;

/** One operation, whoever asks: for the runner. */
export async function findOperation(id: bigint, tx: Pick<Tx, '$queryRaw'> = db()): Promise<StoredOperation | null> {
  const rows = await tx.$queryRaw<StoredOperation[]>`SELECT ${operationColumns} FROM "Operation" WHERE "id" = ${id}`;
  return rows[0] ?? null;
}

/** The same with its row locked, for changes that depend on its state. */
export async function lockOperation(tx: Tx, id: bigint): Promise<StoredOperation | null> {
  const rows = await tx.$queryRaw<
    StoredOperation[]
  >`SELECT ${operationColumns} FROM "Operation" WHERE "id" = ${id} FOR UPDATE`;
  return rows[0] ?? null;
}

/**
 * One operation that the actor may see: one's own, or one whose every path lies where the actor may look.
 * @throws AppError not_found
 */
export async function requireOperation(actor: Actor, id: string): Promise<StoredOperation> {
  const number = BigInt(id);
  // Ids are bigints of Postgres; a larger number is no id.
  if (BigInt.asIntN(64, number) !== number) throw notFound('The operation');
  const operation = await findOperation(number);
  if (!operation || !maySee(actor, operation)) throw notFound('The operation');
  return operation;
}

export function maySee(actor: Actor, operation: StoredOperation): boolean {
  const inLibrary = actor.grants.some((grant) => grant.libraryId === operation.libraryId);
  return (
    inLibrary &&
    (operation.userId === actor.userId || roleAt(actor, operation.libraryId, operation.plan.scope) !== null)
  );
}

/** Own changes are one's own to steer; those of others are an admin's. */
export function maySteer(actor: Actor, operation: StoredOperation): boolean {
  const { libraryId } = operation;
  if (operation.userId !== actor.userId) return hasRole(actor, libraryId, operation.plan.scope, 'admin');
  return actor.grants.some((grant) => grant.libraryId === libraryId && grant.role !== 'viewer');
}
