import type { AssetRow } from '#lib/assets/asset-entry.ts';
import { mediaColumns, mediaJoins } from '#lib/assets/media-sql.ts';
import { type AssetPlace, beyondOf, orderOf } from '#lib/assets/read-asset-page.ts';
import type { AssetEntry, EntrySort } from '#lib/assets/schema.ts';
import { toAssetEntries } from '#lib/assets/to-asset-entries.ts';
import { db, Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { type PastRow, pastColumns, sinceColumns, sinceJoin, withSince } from './since.ts';
import { versionAt } from './version-at.ts';

/**
 * What stood directly in a folder at a moment, each file as the version of that moment, after a place. By name it walks an index and
 * costs what the page costs; the other orders are those of that moment's versions, which no index can hold, and read the folder.
 */
export async function readAssetPageAt(input: {
  library: LibraryContext;
  folderId: bigint;
  at: string;
  sort: EntrySort;
  kind: string | null;
  after: AssetPlace | null;
  limit: number;
}): Promise<AssetEntry[]> {
  const { library, at, sort } = input;
  const rows = await db().$queryRaw<(AssetRow & PastRow)[]>`
    SELECT a.*, ${mediaColumns}, ${sinceColumns},
           ARRAY(SELECT t."name" FROM "Tag" t WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags"
    FROM (
      SELECT a.* FROM (
        SELECT ${pastColumns} FROM "Asset" a CROSS JOIN LATERAL ${versionAt(at)} v
        WHERE a."folderId" = ${input.folderId} AND NOT v."isDeleteMarker"
          ${input.kind === null ? Prisma.empty : Prisma.sql`AND a."kind" = ${input.kind}`}
      ) a
      ${input.after === null ? Prisma.empty : Prisma.sql`WHERE ${beyondOf(sort, input.after)}`}
      ORDER BY ${orderOf(sort)} LIMIT ${input.limit}
    ) a
    ${mediaJoins(library)} ${sinceJoin}
    ORDER BY ${orderOf(sort)}`;
  return withSince(await toAssetEntries(library, rows, { ask: false }), rows);
}
