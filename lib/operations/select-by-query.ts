import { db, Prisma } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import type { SelectionQuery } from './schema.ts';
import type { AssetRow } from './selected.ts';

/**
 * The live files that a query finds, without the excluded ones.
 * @throws AppError wrong_state when their number is not the one that the person was told
 */
export async function selectByQuery(
  library: LibraryContext,
  selection: { query: SelectionQuery; exclude: string[]; expectedCount: number },
  limit: number,
): Promise<AssetRow[]> {
  const { query, exclude, expectedCount } = selection;
  if (query.path !== '' && !query.path.endsWith('/')) {
    throw new AppError('invalid_request', 'query.path is a folder and ends in "/".');
  }
  const without = exclude.map(BigInt).filter((id) => BigInt.asIntN(64, id) === id);
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT a."id", a."path", a."state"::text AS "state", a."versionId", a."etag", a."size", a."storageClass"
    FROM "Asset" a WHERE a."libraryId" = ${library.id} AND a."state" = 'live' AND ${withinPrefixes(Prisma.sql`a."path"`, [query.path])}
      ${query.kind ? Prisma.sql`AND a."kind" = ${query.kind}` : Prisma.empty}
      ${without.length > 0 ? Prisma.sql`AND a."id" <> ALL(${without})` : Prisma.empty}
      ${query.direct ? Prisma.sql`AND a."folderId" = (SELECT f."id" FROM "Folder" f WHERE f."libraryId" = ${library.id} AND f."path" = ${query.path})` : Prisma.empty}
    ORDER BY a."path" LIMIT ${limit + 1}`;
  if (rows.length !== expectedCount) {
    const count = (number: number) => number.toLocaleString('en');
    throw new AppError(
      'wrong_state',
      `There are ${count(rows.length)} files now and not ${count(expectedCount)}. Look again, then decide.`,
    );
  }
  return rows;
}
