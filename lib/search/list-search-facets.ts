import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import type { SearchFacets } from './schema.ts';

const mostTags = 200;
const mostPeople = 500;

/**
 * What a library can be filtered by, of what the actor may see: tags with their counts, most used first; people who uploaded or changed
 * something there; storage classes in use.
 */
export async function listSearchFacets(actor: Actor, input: { library: string }): Promise<SearchFacets> {
  const library = await requireLibrary(actor, input.library);
  const prefixes = grantedPrefixes(actor, library.id);
  const seen = withinPrefixes(Prisma.sql`a."path"`, prefixes);
  const keys = prefixes.map((prefix) => library.rootPrefix + prefix);
  const [tags, people, classes] = await Promise.all([
    db().$queryRaw<{ name: string; count: number }[]>`
      SELECT t."name", count(*)::int AS "count" FROM "Tag" t
      WHERE t."libraryId" = ${library.id} AND ${withinPrefixes(Prisma.sql`t."key"`, keys)}
      GROUP BY t."name" ORDER BY count(*) DESC, t."name" LIMIT ${mostTags}`,
    db().$queryRaw<{ id: bigint; name: string }[]>`
      SELECT u."id", u."name" FROM "User" u
      WHERE EXISTS (SELECT 1 FROM "Upload" p WHERE p."libraryId" = ${library.id} AND p."userId" = u."id" AND p."state" = 'completed'
                      AND ${withinPrefixes(Prisma.sql`p."path"`, prefixes)})
        OR EXISTS (SELECT 1 FROM "Operation" o JOIN "OperationItem" i ON i."operationId" = o."id"
                   WHERE o."libraryId" = ${library.id} AND o."userId" = u."id" AND i."versionId" IS NOT NULL
                     AND ${withinPrefixes(Prisma.sql`i."path"`, prefixes)})
      ORDER BY u."name", u."id" LIMIT ${mostPeople}`,
    // One index probe a class: Postgres has no skip scan for DISTINCT (performance.md section 2).
    db().$queryRaw<{ storageClass: string }[]>`
      WITH RECURSIVE classes AS (
        (SELECT a."storageClass" FROM "Asset" a WHERE a."libraryId" = ${library.id} AND a."state" = 'live' AND a."storageClass" <> 'STANDARD' AND ${seen}
         ORDER BY a."storageClass" LIMIT 1)
        UNION ALL
        SELECT (SELECT a."storageClass" FROM "Asset" a WHERE a."libraryId" = ${library.id} AND a."state" = 'live'
                  AND a."storageClass" <> 'STANDARD' AND a."storageClass" > c."storageClass" AND ${seen} ORDER BY a."storageClass" LIMIT 1)
        FROM classes c WHERE c."storageClass" IS NOT NULL
      )
      SELECT "storageClass" FROM classes WHERE "storageClass" IS NOT NULL`,
  ]);
  return {
    tags,
    people: people.map((row) => ({ id: String(row.id), name: row.name })),
    storageClasses: ['STANDARD', ...classes.map((row) => row.storageClass)],
  };
}
