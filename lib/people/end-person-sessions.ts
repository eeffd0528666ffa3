import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { endAllSessions } from '#lib/auth/end-sessions.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { findAuditLibrary } from './audit-library.ts';
import { changePerson, requireNoReason } from './change-person.ts';
import { findProtectedReason } from './find-people.ts';

/** Signs a person out everywhere. Their tokens stay. @throws AppError not_found, wrong_state for people of other libraries too */
export async function endPersonSessions(actor: Actor, input: { id: string }): Promise<{ person: PersonView }> {
  return changePerson(actor, input.id, async (tx, person, scope) => {
    requireNoReason(findProtectedReason(person));
    const count = await endAllSessions(tx, person.id, 'ended-by-admin');
    const libraryId = await findAuditLibrary(tx, person, scope);
    await recordAudit(tx, actor, { type: 'user.sessions-ended', email: person.email, count }, { libraryId });
  });
}
