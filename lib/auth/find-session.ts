import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import { type ActorRow, grantsColumn, toActor } from './actor-row.ts';
import type { EndReason } from './end-reasons.ts';
import { renewAfter, type SessionClaims, sessionLife } from './session-token.ts';

export type FoundSession = { actor: Actor; seenLongAgo: boolean; renewalDue: boolean } | { ended: EndReason };

type Row = ActorRow & {
  sessionVersion: number;
  disabled: boolean;
  ended: boolean;
  endReason: EndReason | null;
  expired: boolean;
  seenLongAgo: boolean;
  renewalDue: boolean;
};

/** What a session cookie's claims are worth now: the person with today's grants, or why it ended. One query; times are the database's. */
export async function findSession(claims: SessionClaims): Promise<FoundSession> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT u."id", u."name", u."email", u."sessionVersion",
           u."disabledAt" IS NOT NULL AS "disabled",
           s."endedAt" IS NOT NULL AS "ended", s."endReason",
           s."expiresAt" <= now() AS "expired",
           s."lastSeenAt" < now() - interval '1 minute' AS "seenLongAgo",
           s."expiresAt" < now() + ${sessionLife - renewAfter} * interval '1 second' AS "renewalDue",
           ${grantsColumn}
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."id" = ${claims.sid}::uuid AND u."id" = ${BigInt(claims.sub)}`;
  if (!row) return { ended: 'expired' };
  if (row.disabled) return { ended: 'disabled' };
  if (row.ended) return { ended: row.endReason ?? 'ended-by-you' };
  if (row.sessionVersion !== claims.sv) return { ended: 'ended-by-admin' };
  if (row.expired) return { ended: 'expired' };
  return { actor: toActor(row, 'session', claims.sid), seenLongAgo: row.seenLongAgo, renewalDue: row.renewalDue };
}

/** Notes that a session is in use; at most once a minute, so that reading stays cheap. */
export async function touchSession(sessionId: string): Promise<void> {
  await db().$executeRaw`
    WITH seen AS (
      UPDATE "Session" SET "lastSeenAt" = now()
      WHERE "id" = ${sessionId}::uuid AND "lastSeenAt" < now() - interval '1 minute' RETURNING "userId")
    UPDATE "User" SET "lastSeenAt" = now() FROM seen WHERE "User"."id" = seen."userId"`;
}
