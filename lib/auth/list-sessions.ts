import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import type { SessionView } from './schema.ts';

/** Where the caller is signed in now: this browser first, then the ones seen last. The newest 200; signing out everywhere ends them all. */
export async function listSessions(actor: Actor): Promise<{ sessions: SessionView[]; nextCursor: null }> {
  const rows = await db().$queryRaw<
    { id: string; userAgent: string; address: string; createdAt: Date; lastSeenAt: Date; current: boolean }[]
  >`SELECT "id"::text, "userAgent", "address", "createdAt", "lastSeenAt", "id" = ${actor.sessionId}::uuid AS "current"
    FROM "Session" WHERE "userId" = ${actor.userId} AND "endedAt" IS NULL AND "expiresAt" > now()
    ORDER BY "current" DESC, "lastSeenAt" DESC LIMIT 200`;
  return {
    sessions: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    })),
    nextCursor: null,
  };
}
