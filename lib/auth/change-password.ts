import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { Actor } from './actor.ts';
import { accountRule } from './attempt-delay.ts';
import { attemptKey, beginAttempt, forgetAttempts } from './attempt-limiter.ts';
import { endAllSessions } from './end-sessions.ts';
import { homeLibrary } from './home-library.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

/**
 * Changes the caller's own password and ends every session of theirs, this one too: whoever holds a copy of any cookie is out, and there is
 * no special case to get wrong. The page holds the new password at that moment and signs in again with it, which also gives it a new
 * session id (OWASP Session Management: renew after a password change). API tokens stay; each is listed and can be revoked.
 * @throws AppError invalid_request when the current password is wrong, rate_limited as at sign-in
 */
export async function changePassword(
  actor: Actor,
  input: { currentPassword: string; newPassword: string },
): Promise<{ sessionsEnded: number }> {
  // Somebody at a forgotten open browser must not be able to guess on without end.
  const key = attemptKey('change-password', String(actor.userId));
  await beginAttempt(key, accountRule);
  const user = await db().user.findUniqueOrThrow({ where: { id: actor.userId }, select: { passwordHash: true } });
  const { matches } = await verifyPassword(user.passwordHash, input.currentPassword);
  if (!matches) throw fieldError('currentPassword', 'does not match');
  await forgetAttempts(key);
  if (input.newPassword === input.currentPassword) throw fieldError('newPassword', 'is the one you have');

  const passwordHash = await hashPassword(input.newPassword);
  return db().$transaction(async (tx) => {
    const changed = await tx.user.updateMany({
      where: { id: actor.userId, passwordHash: user.passwordHash },
      data: { passwordHash },
    });
    if (changed.count === 0) throw new AppError('wrong_state', 'Your password was just changed somewhere else.');
    const sessionsEnded = await endAllSessions(tx, actor.userId, 'password-changed');
    await recordAudit(tx, actor, { type: 'user.password-changed' }, { libraryId: homeLibrary(actor) });
    return { sessionsEnded };
  });
}

function fieldError(path: string, message: string): AppError {
  return new AppError('invalid_request', `${path}: ${message}`, { errors: [{ path, message }] });
}
