import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { findAuditLibrary } from './audit-library.ts';
import { changePerson, requireNoReason } from './change-person.ts';
import { findProtectedReason } from './find-people.ts';

/** Lets a disabled person sign in again, with the grants they had. Sessions and tokens from before stay ended. @throws AppError not_found, wrong_state */
export async function enablePerson(actor: Actor, input: { id: string }): Promise<{ person: PersonView }> {
  return changePerson(actor, input.id, async (tx, person, scope) => {
    if (!person.disabled) return;
    requireNoReason(findProtectedReason(person));
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: null } });
    const libraryId = await findAuditLibrary(tx, person, scope);
    await recordAudit(tx, actor, { type: 'user.enabled', email: person.email }, { libraryId });
  });
}
