import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import { endAllSessions } from './end-sessions.ts';
import { homeLibrary } from './home-library.ts';

/** Signs the caller out everywhere, this browser included. Answers how many sessions ended. */
export async function endOwnSessions(actor: Actor): Promise<{ sessionsEnded: number }> {
  return db().$transaction(async (tx) => {
    const count = await endAllSessions(tx, actor.userId, 'ended-by-you');
    const fact = { type: 'user.sessions-ended', email: actor.email, count } as const;
    await recordAudit(tx, actor, fact, { libraryId: homeLibrary(actor) });
    return { sessionsEnded: count };
  });
}
