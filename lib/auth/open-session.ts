import { db, type Tx } from '#lib/db.ts';
import { sessionLife } from './session-token.ts';

/** Opens a session of a person who proved who they are, and forgets those that were over for a month. */
export async function openSession(
  userId: bigint,
  from: { userAgent: string; address: string },
  alsoThen: (tx: Tx) => Promise<void> = async () => {},
): Promise<string> {
  const id = crypto.randomUUID();
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "Session" ("id", "userId", "userAgent", "address", "expiresAt")
      VALUES (${id}::uuid, ${userId}, ${from.userAgent.slice(0, 300)}, ${from.address}, now() + ${sessionLife} * interval '1 second')`;
    await tx.$executeRaw`
      DELETE FROM "Session" WHERE "userId" = ${userId}
      AND coalesce("endedAt", "expiresAt") < now() - interval '30 days'`;
    await tx.$executeRaw`UPDATE "User" SET "lastSeenAt" = now() WHERE "id" = ${userId}`;
    await alsoThen(tx);
  });
  return id;
}
