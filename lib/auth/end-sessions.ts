import type { Tx } from '#lib/db.ts';
import type { EndReason } from './end-reasons.ts';

/**
 * Ends every session of a person at once: raises sessionVersion, so that no cookie sealed before is worth anything, and closes the rows
 * with the reason. Answers how many were open. API tokens are left alone.
 */
export async function endAllSessions(tx: Tx, userId: bigint, reason: Exclude<EndReason, 'expired'>): Promise<number> {
  await tx.user.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } }, select: { id: true } });
  return tx.$executeRaw`
    UPDATE "Session" SET "endedAt" = now(), "endReason" = ${reason}
    WHERE "userId" = ${userId} AND "endedAt" IS NULL AND "expiresAt" > now()`;
}

/** Ends one session of a person. Answers whether it was open. */
export async function endSession(
  tx: Tx,
  userId: bigint,
  sessionId: string,
  reason: Exclude<EndReason, 'expired'>,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "Session" SET "endedAt" = now(), "endReason" = ${reason}
    WHERE "id" = ${sessionId}::uuid AND "userId" = ${userId} AND "endedAt" IS NULL AND "expiresAt" > now()`;
  return count === 1;
}
