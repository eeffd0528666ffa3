import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { endAllSessions } from '#lib/auth/end-sessions.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { findAuditLibrary } from './audit-library.ts';
import { changePerson, requireNoReason } from './change-person.ts';
import { findKeepEnabledReason } from './find-people.ts';

/**
 * Disables a person: they cannot sign in, their sessions end and their tokens are revoked at once, for good. What they did stays, as theirs.
 * @throws AppError not_found; wrong_state for oneself, the last admin of a library, or a person of other libraries too
 */
export async function disablePerson(actor: Actor, input: { id: string }): Promise<{ person: PersonView }> {
  return changePerson(actor, input.id, async (tx, person, scope) => {
    if (person.disabled) return;
    requireNoReason(findKeepEnabledReason(person, scope));
    const now = new Date();
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: now } });
    await endAllSessions(tx, person.id, 'disabled');
    await tx.apiToken.updateMany({ where: { userId: person.id, revokedAt: null }, data: { revokedAt: now } });
    const libraryId = await findAuditLibrary(tx, person, scope);
    await recordAudit(tx, actor, { type: 'user.disabled', email: person.email }, { libraryId });
  });
}
