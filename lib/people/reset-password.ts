import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { endAllSessions } from '#lib/auth/end-sessions.ts';
import { hashPassword } from '#lib/auth/password-hash.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { newPassword } from '#lib/auth/secrets.ts';
import { AppError } from '#lib/errors.ts';
import { findAuditLibrary } from './audit-library.ts';
import { changePerson, requireNoReason, scopeOf } from './change-person.ts';
import { findProtectedReason } from './find-people.ts';

/**
 * Gives a person a new password and ends their sessions. Without one given, it is made; it is in this answer and nowhere else.
 * @throws AppError not_found; wrong_state for oneself (the account page asks for the old one) and for people of other libraries too
 */
export async function resetPassword(
  actor: Actor,
  input: { id: string; password?: string | undefined },
): Promise<{ person: PersonView; password: string | null }> {
  scopeOf(actor);
  if (BigInt(input.id) === actor.userId) {
    throw new AppError('wrong_state', 'Change your own password on the account page.');
  }
  const made = input.password === undefined ? newPassword() : null;
  const passwordHash = await hashPassword(input.password ?? (made as string));
  const { person } = await changePerson(actor, input.id, async (tx, row, scope) => {
    requireNoReason(findProtectedReason(row));
    await tx.user.update({ where: { id: row.id }, data: { passwordHash } });
    await endAllSessions(tx, row.id, 'password-reset');
    const libraryId = await findAuditLibrary(tx, row, scope);
    await recordAudit(tx, actor, { type: 'user.password-reset', email: row.email }, { libraryId });
  });
  return { person, password: made };
}
