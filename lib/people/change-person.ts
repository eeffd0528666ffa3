import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { db, Prisma, type Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { findPeople, type PersonRow, type Scope, toPersonView } from './find-people.ts';

/** What the actor's grants say; for reading. @throws AppError forbidden when they administer no library */
export function scopeOf(actor: Actor): Scope {
  requireAnyLibraryAdmin(actor);
  const roots = actor.grants.filter((grant) => grant.prefix === '' && grant.role === 'admin');
  return { userId: actor.userId, libraryIds: roots.map((grant) => grant.libraryId) };
}

/**
 * The actor's scope for a change, asked again inside the transaction with their libraries locked: changes to the people of a library
 * happen one after the other, so two admins who remove each other at the same moment cannot both succeed.
 * @throws AppError forbidden
 */
export async function lockScope(tx: Tx, actor: Actor): Promise<Scope> {
  const { libraryIds } = scopeOf(actor);
  await tx.$queryRaw`SELECT 1 FROM "Library" WHERE "id" IN (${Prisma.join(libraryIds)}) ORDER BY "id" FOR NO KEY UPDATE`;
  const still = await tx.grant.findMany({
    where: {
      userId: actor.userId,
      prefix: '',
      role: 'admin',
      libraryId: { in: libraryIds },
      user: { disabledAt: null },
    },
    select: { libraryId: true },
  });
  if (still.length === 0) throw new AppError('forbidden', 'You are no admin of a whole library any more.');
  return { userId: actor.userId, libraryIds: still.map((grant) => grant.libraryId) };
}

/** One person of a scope. @throws AppError not_found, also for people of other libraries */
export async function requirePerson(tx: Tx, scope: Scope, id: bigint): Promise<PersonRow> {
  const [row] = await findPeople(tx, scope, Prisma.sql`u."id" = ${id}`, 1);
  if (!row) throw notFound('The person');
  return row;
}

/** Changes one person in one transaction and answers how they are then. */
export async function changePerson(
  actor: Actor,
  id: string,
  change: (tx: Tx, person: PersonRow, scope: Scope) => Promise<void>,
): Promise<{ person: PersonView }> {
  return db().$transaction(async (tx) => {
    const scope = await lockScope(tx, actor);
    await change(tx, await requirePerson(tx, scope, BigInt(id)), scope);
    return { person: toPersonView(await requirePerson(tx, scope, BigInt(id)), scope) };
  });
}

/** @throws AppError wrong_state with the reason */
export function requireNoReason(reason: string | null): void {
  if (reason) throw new AppError('wrong_state', reason);
}
