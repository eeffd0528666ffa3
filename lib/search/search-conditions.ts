import { Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import { foldText } from './fold-text.ts';
import { likePattern, planWords, type SoughtWord } from './plan-words.ts';
import type { SearchQuery } from './schema.ts';

/** Which assets `a` are meant, and which row says what a file is: the asset itself, or the version of a moment. */
export type SearchedRows = { state: Prisma.Sql; bytes: Prisma.Sql; storageClass: Prisma.Sql };

const liveRows: SearchedRows = {
  state: Prisma.sql`a."state" = 'live'`,
  bytes: Prisma.sql`a`,
  storageClass: Prisma.sql`a."storageClass"`,
};

/**
 * SQL that holds for the assets `a` (live ones, unless `of` says others) of a library that a query means, inside of `prefixes` (lib/search/plan-scope.ts: what the
 * actor may see). Kind and tag are asked twice: exactly, and as a word of the search text, whose index finds rare ones.
 */
export function searchConditions(
  library: Pick<LibraryContext, 'id' | 'rootPrefix'>,
  prefixes: string[],
  query: Omit<SearchQuery, 'path'>,
  of: SearchedRows = liveRows,
): Prisma.Sql {
  const words = planWords(query.q);
  const key = Prisma.sql`${library.rootPrefix} || a."path"`;
  const conditions = [
    Prisma.sql`a."libraryId" = ${library.id} AND ${of.state}`,
    withinPrefixes(Prisma.sql`a."path"`, prefixes),
    ...words.map((word) => hasWord(word)),
  ];
  const { kind, tag, from, to, takenFrom, takenTo, minSize, maxSize, person, storageClass } = query;
  if (kind !== undefined) conditions.push(Prisma.sql`a."kind" = ${kind}`, hasWord({ text: kind, anywhere: false }));
  if (from !== undefined) conditions.push(Prisma.sql`${of.bytes}."modifiedAt" >= ${from}::timestamptz`);
  if (to !== undefined) conditions.push(Prisma.sql`${of.bytes}."modifiedAt" < ${to}::timestamptz`);
  if (takenFrom !== undefined) conditions.push(Prisma.sql`a."takenAt" >= ${takenFrom}::timestamptz`);
  if (takenTo !== undefined) conditions.push(Prisma.sql`a."takenAt" < ${takenTo}::timestamptz`);
  if (minSize !== undefined) conditions.push(Prisma.sql`${of.bytes}."size" >= ${BigInt(minSize)}`);
  if (maxSize !== undefined) conditions.push(Prisma.sql`${of.bytes}."size" <= ${BigInt(maxSize)}`);
  if (storageClass !== undefined) conditions.push(Prisma.sql`${of.storageClass} = ${storageClass}`);
  if (tag !== undefined) {
    const text = foldText(tag);
    if (text !== '') conditions.push(hasWord({ text, anywhere: false }));
    conditions.push(Prisma.sql`EXISTS (
      SELECT 1 FROM "Tag" t WHERE t."libraryId" = ${library.id} AND t."key" = ${key} AND t."name" = ${tag})`);
  }
  if (person !== undefined) conditions.push(madeBy(library.id, key, of.bytes, BigInt(person)));
  return Prisma.join(conditions, ' AND ');
}

function hasWord(word: SoughtWord): Prisma.Sql {
  return Prisma.sql`a."searchText" LIKE ${likePattern(word)}`;
}

/** The current version came by an upload of theirs, or by an operation (a restore, a copy). */
function madeBy(libraryId: bigint, key: Prisma.Sql, bytes: Prisma.Sql, userId: bigint): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM (
      SELECT u."key", u."versionId" FROM "Upload" u WHERE u."libraryId" = ${libraryId} AND u."userId" = ${userId}
      UNION ALL
      SELECT i."key", i."versionId" FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
      WHERE o."libraryId" = ${libraryId} AND o."userId" = ${userId}
    ) made WHERE made."key" = ${key} AND made."versionId" = ${bytes}."versionId")`;
}
