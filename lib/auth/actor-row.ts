import { Prisma } from '#lib/db.ts';
import type { Actor, RoleName } from './actor.ts';

/** Today's grants of the user `u` as one JSON column, so that an actor costs one query. Ids as text: JSON numbers stop at 2^53. */
export const grantsColumn = Prisma.sql`
  (SELECT coalesce(json_agg(json_build_object('libraryId', g."libraryId"::text, 'prefix', g."prefix", 'role', g."role") ORDER BY g."id"), '[]')
   FROM "Grant" g WHERE g."userId" = u."id") AS "grants"`;

export type ActorRow = {
  id: bigint;
  name: string;
  email: string;
  grants: { libraryId: string; prefix: string; role: RoleName }[];
};

export function toActor(row: ActorRow, via: 'session' | 'token', sessionId: string | null): Actor {
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    via,
    sessionId,
    grants: row.grants.map((grant) => ({ ...grant, libraryId: BigInt(grant.libraryId) })),
  };
}
