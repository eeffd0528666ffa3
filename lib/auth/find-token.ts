import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import { type ActorRow, grantsColumn, toActor } from './actor-row.ts';
import { hashTokenSecret } from './secrets.ts';

/** The person of an API token, or null when it is unknown, revoked, expired, or its person is disabled: all the same outside. */
export async function findTokenActor(secret: string): Promise<Actor | null> {
  const [row] = await db().$queryRaw<(ActorRow & { tokenId: bigint; usedLongAgo: boolean })[]>`
    SELECT u."id", u."name", u."email", t."id" AS "tokenId",
           (t."lastUsedAt" IS NULL OR t."lastUsedAt" < now() - interval '1 minute') AS "usedLongAgo",
           ${grantsColumn}
    FROM "ApiToken" t JOIN "User" u ON u."id" = t."userId"
    WHERE t."secretHash" = ${hashTokenSecret(secret)} AND t."revokedAt" IS NULL
      AND (t."expiresAt" IS NULL OR t."expiresAt" > now()) AND u."disabledAt" IS NULL`;
  if (!row) return null;
  if (row.usedLongAgo) {
    await db().$executeRaw`
      WITH used AS (UPDATE "ApiToken" SET "lastUsedAt" = now() WHERE "id" = ${row.tokenId} RETURNING "userId")
      UPDATE "User" SET "lastSeenAt" = now() FROM used WHERE "User"."id" = used."userId"`;
  }
  return toActor(row, 'token', null);
}
