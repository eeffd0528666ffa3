import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import type { Actor } from './actor.ts';
import { endSession } from './end-sessions.ts';
import { homeLibrary } from './home-library.ts';

/** Signs one of the caller's browsers out. @throws AppError not_found when it is not theirs or over already */
export async function endOwnSession(actor: Actor, input: { id: string }): Promise<{ ended: boolean }> {
  return db().$transaction(async (tx) => {
    const reason = input.id === actor.sessionId ? 'signed-out' : 'ended-by-you';
    if (!(await endSession(tx, actor.userId, input.id, reason))) throw notFound('The session');
    const fact = { type: 'user.sessions-ended', email: actor.email, count: 1 } as const;
    await recordAudit(tx, actor, fact, { libraryId: homeLibrary(actor) });
    return { ended: true };
  });
}
