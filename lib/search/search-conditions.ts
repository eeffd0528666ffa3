import { Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import { foldText } from './fold-text.ts';
import { likePattern, planWords, type SoughtWord } from './plan-words.ts';
import type { SearchQuery } from './schema.ts';

/**
 * SQL that holds for the live assets `a` of a library that a query means, inside of `prefixes` (lib/search/plan-scope.ts: what the
 * actor may see). Kind and tag are asked twice: exactly, and as a word of the search text, whose index finds rare ones.
 */
export function searchConditions(
  library: Pick<LibraryContext, 'id' | 'rootPrefix'>,
  prefixes: string[],
  query: Omit<SearchQuery, 'path'>,
): Prisma.Sql {
  const words = planWords(query.q);
  const key = Prisma.sql`${library.rootPrefix} || a."path"`;
  const conditions = [
    Prisma.sql`a."libraryId" = ${library.id} AND a."state" = 'live'`,
    withinPrefixes(Prisma.sql`a."path"`, prefixes),
    ...words.map((word) => hasWord(word)),
  ];
  const { kind, tag, from, to, takenFrom, takenTo, minSize, maxSize, person, storageClass } = query;
  if (kind !== undefined) conditions.push(Prisma.sql`a."kind" = ${kind}`, hasWord({ text: kind, anywhere: false }));
  if (from !== undefined) conditions.push(Prisma.sql`a."modifiedAt" >= ${from}::timestamptz`);
  if (to !== undefined) conditions.push(Prisma.sql`a."modifiedAt" < ${to}::timestamptz`);
  if (takenFrom !== undefined) conditions.push(Prisma.sql`a."takenAt" >= ${takenFrom}::timestamptz`);
  if (takenTo !== undefined) conditions.push(Prisma.sql`a."takenAt" < ${takenTo}::timestamptz`);
  if (minSize !== undefined) conditions.push(Prisma.sql`a."size" >= ${BigInt(minSize)}`);
  if (maxSize !== undefined) conditions.push(Prisma.sql`a."size" <= ${BigInt(maxSize)}`);
  if (storageClass !== undefined) conditions.push(Prisma.sql`a."storageClass" = ${storageClass}`);
  if (tag !== undefined) {
    const text = foldText(tag);
    if (text !== '') conditions.push(hasWord({ text, anywhere: false }));
    conditions.push(Prisma.sql`EXISTS (
      SELECT 1 FROM "Tag" t WHERE t."libraryId" = ${library.id} AND t."key" = ${key} AND t."name" = ${tag})`);
  }
  if (person !== undefined) conditions.push(madeBy(library.id, key, BigInt(person)));
  return Prisma.join(conditions, ' AND ');
}

function hasWord(word: SoughtWord): Prisma.Sql {
  return Prisma.sql`a."searchText" LIKE ${likePattern(word)}`;
}

/** The current version came by an upload of theirs, or by an operation (a restore, a copy). */
function madeBy(libraryId: bigint, key: Prisma.Sql, userId: bigint): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM (
      SELECT u."key", u."versionId" FROM "Upload" u WHERE u."libraryId" = ${libraryId} AND u."userId" = ${userId}
      UNION ALL
      SELECT i."key", i."versionId" FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
      WHERE o."libraryId" = ${libraryId} AND o."userId" = ${userId}
    ) made WHERE made."key" = ${key} AND made."versionId" = a."versionId")`;
}
