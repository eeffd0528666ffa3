import { db } from '#lib/db.ts';
import { longestSessionLife, type SessionClaims, sessionLife } from './session-token.ts';

/** Lets a session run for another 8 h, but no longer than 7 days in all. The caller has just found it alive. */
export async function renewSession(claims: SessionClaims): Promise<void> {
  await db().$executeRaw`
    UPDATE "Session" SET "expiresAt" = least(now() + ${sessionLife} * interval '1 second',
                                             "createdAt" + ${longestSessionLife} * interval '1 second')
    WHERE "id" = ${claims.sid}::uuid AND "userId" = ${BigInt(claims.sub)} AND "endedAt" IS NULL AND "expiresAt" > now()`;
}
