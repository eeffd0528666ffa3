import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { db, Prisma } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { lockScope, requireNoReason, requirePerson } from './change-person.ts';
import { findPeople, lastAdminReason, toPersonView } from './find-people.ts';

/**
 * Takes a grant back. A person without any grant keeps their account and sees nothing.
 * @throws AppError not_found; wrong_state when the library would lose its last admin
 */
export async function removeGrant(actor: Actor, input: { id: string; grant: string }): Promise<{ person: PersonView }> {
  return db().$transaction(async (tx) => {
    const scope = await lockScope(tx, actor);
    const person = await requirePerson(tx, scope, BigInt(input.id));
    const shown = person.grants.find((grant) => grant.id === input.grant);
    if (!shown) throw notFound('The grant');
    requireNoReason(shown.lastAdmin ? lastAdminReason(person, ['this library']) : null);

    const gone = await tx.grant.delete({
      where: { id: BigInt(shown.id) },
      select: { libraryId: true, prefix: true, role: true },
    });
    const fact = { type: 'grant.removed', email: person.email, prefix: gone.prefix, role: gone.role } as const;
    await recordAudit(tx, actor, fact, { libraryId: gone.libraryId, path: gone.prefix });

    // Who only has grants elsewhere now is out of sight for this admin; the answer still shows what was done.
    const [after] = await findPeople(tx, scope, Prisma.sql`u."id" = ${person.id}`, 1);
    return { person: toPersonView(after ?? { ...person, grants: [], lastAdminOf: [] }, scope) };
  });
}
