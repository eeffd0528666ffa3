import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { planScope } from '#lib/search/plan-scope.ts';
import { searchConditions } from '#lib/search/search-conditions.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import type { SelectionQuery } from './schema.ts';
import type { AssetRow } from './selected.ts';

/**
 * The live files that a query means, of what the actor may see, without the excluded ones. The same conditions as the search.
 * @throws AppError wrong_state when their number is not the one that the person was told, not_found for a folder that is not theirs
 */
export async function selectByQuery(
  actor: Actor,
  library: LibraryContext,
  selection: { query: SelectionQuery; exclude: string[]; expectedCount: number },
  limit: number,
): Promise<AssetRow[]> {
  const { exclude, expectedCount } = selection;
  const { path, direct, ...query } = selection.query;
  if (path !== '' && !path.endsWith('/')) {
    throw new AppError('invalid_request', 'query.path is a folder and ends in "/".');
  }
  if (![path, query.q, query.tag ?? ''].every(canBeStored)) throw notFound('The folder or file');
  const prefixes = planScope(actor, library.id, path);
  if (prefixes.length === 0) throw notFound('The folder or file');
  const without = exclude.map(BigInt).filter((id) => BigInt.asIntN(64, id) === id);
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT a."id", a."path", a."state"::text AS "state", a."versionId", a."etag", a."size", a."storageClass"
    FROM "Asset" a WHERE ${searchConditions(library, prefixes, query)}
      ${without.length > 0 ? Prisma.sql`AND a."id" <> ALL(${without})` : Prisma.empty}
      ${direct ? Prisma.sql`AND a."folderId" = (SELECT f."id" FROM "Folder" f WHERE f."libraryId" = ${library.id} AND f."path" = ${path})` : Prisma.empty}
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
