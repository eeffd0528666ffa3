import type { RoleName } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { Prisma, type Tx } from '#lib/db.ts';
import { findCoveringGrant } from './find-covering-grant.ts';

/** Who looks, and the libraries whose root they administer. They see the people and grants of those, and people without any grant. */
export type Scope = { userId: bigint; libraryIds: bigint[] };

export type PersonRow = {
  id: bigint;
  email: string;
  name: string;
  sortName: string;
  disabled: boolean;
  lastSeenAt: Date | null;
  sessionCount: number;
  tokenCount: number;
  grants: { id: string; library: string; prefix: string; role: RoleName; lastAdmin: boolean }[];
  /** Has grants in a library outside the scope. */
  elsewhere: boolean;
  /** Names of libraries of the scope that would have nobody left to administer them. */
  lastAdminOf: string[];
};

/** People of a scope by name. `where` narrows (`u` is the user, `sort_name` the key of the order). */
export async function findPeople(tx: Tx, scope: Scope, where: Prisma.Sql, limit: number): Promise<PersonRow[]> {
  const mine = Prisma.sql`(${Prisma.join(scope.libraryIds)})`;
  return tx.$queryRaw<PersonRow[]>`
    WITH people AS (
      SELECT u.*, lower(u."name") COLLATE "C" AS sort_name FROM "User" u
      WHERE (EXISTS (SELECT 1 FROM "Grant" g WHERE g."userId" = u."id" AND g."libraryId" IN ${mine})
             OR NOT EXISTS (SELECT 1 FROM "Grant" g WHERE g."userId" = u."id"))
    ), chosen AS (
      SELECT * FROM people u WHERE ${where} ORDER BY sort_name, u."id" LIMIT ${limit}
    )
    SELECT u."id", u."email", u."name", u.sort_name AS "sortName", u."disabledAt" IS NOT NULL AS "disabled", u."lastSeenAt",
      (SELECT count(*)::int FROM "Session" s WHERE s."userId" = u."id" AND s."endedAt" IS NULL AND s."expiresAt" > now()) AS "sessionCount",
      (SELECT count(*)::int FROM "ApiToken" t WHERE t."userId" = u."id" AND t."revokedAt" IS NULL
         AND (t."expiresAt" IS NULL OR t."expiresAt" > now())) AS "tokenCount",
      coalesce(own.grants, '[]') AS "grants", coalesce(own.last_admin_of, '[]') AS "lastAdminOf",
      EXISTS (SELECT 1 FROM "Grant" g WHERE g."userId" = u."id" AND g."libraryId" NOT IN ${mine}) AS "elsewhere"
    FROM chosen u LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', g."id"::text, 'library', l."slug", 'prefix', g."prefix", 'role', g."role",
                                        'lastAdmin', g.last_admin) ORDER BY l."slug", g."prefix") AS grants,
             json_agg(l."name" ORDER BY l."slug") FILTER (WHERE g.last_admin) AS last_admin_of
      FROM (
        SELECT g.*, g."prefix" = '' AND g."role" = 'admin' AND u."disabledAt" IS NULL AND NOT EXISTS (
            SELECT 1 FROM "Grant" o JOIN "User" ou ON ou."id" = o."userId"
            WHERE o."libraryId" = g."libraryId" AND o."prefix" = '' AND o."role" = 'admin'
              AND o."userId" <> u."id" AND ou."disabledAt" IS NULL) AS last_admin
        FROM "Grant" g WHERE g."userId" = u."id" AND g."libraryId" IN ${mine}
      ) g JOIN "Library" l ON l."id" = g."libraryId"
    ) own ON true
    ORDER BY u.sort_name, u."id"`;
}

export function toPersonView(row: PersonRow, scope: Scope): PersonView {
  return {
    id: String(row.id),
    email: row.email,
    name: row.name,
    disabled: row.disabled,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    sessionCount: row.sessionCount,
    tokenCount: row.tokenCount,
    grants: row.grants.map((grant) => ({ ...grant, coveredBy: findCoveringGrant(grant, row.grants)?.id ?? null })),
    you: row.id === scope.userId,
    protectedReason: findProtectedReason(row),
    keepEnabledReason: findKeepEnabledReason(row, scope),
  };
}

/** Why the account of a person is out of the caller's hands; null when it is not. Else an admin of one library could take another one over. */
export function findProtectedReason(row: PersonRow): string | null {
  return row.elsewhere
    ? `${row.name} also has grants in a library that you do not administer. An admin of all of them can do this.`
    : null;
}

export function findKeepEnabledReason(row: PersonRow, scope: Scope): string | null {
  if (row.lastAdminOf.length > 0) return lastAdminReason(row, row.lastAdminOf);
  if (row.id === scope.userId) return 'You cannot disable yourself. Another admin can.';
  return findProtectedReason(row);
}

export function lastAdminReason(row: Pick<PersonRow, 'name'>, libraries: string[]): string {
  return `${row.name} is the last admin of ${libraries.join(' and ')}. Make somebody else admin of the whole library first.`;
}
