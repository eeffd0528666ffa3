import type { AssetRow } from '#lib/assets/asset-entry.ts';
import { mediaColumns, mediaJoins } from '#lib/assets/media-sql.ts';
import { type AssetPlace, beyondOf, orderOf } from '#lib/assets/read-asset-page.ts';
import type { AssetEntry, EntrySort } from '#lib/assets/schema.ts';
import { toAssetEntries } from '#lib/assets/to-asset-entries.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { readWithin } from './changes-below.ts';
import { sameAsNow } from './same-as-now.ts';
import { type PastRow, pastColumns, sinceColumns, sinceJoin, withSince } from './since.ts';
import { versionAt } from './version-at.ts';

/** Milliseconds for finding the next files that are different among all that stood in a folder. */
const differentWithin = 5_000;

/**
 * What stood directly in a folder at a moment, each file as the version of that moment, after a place. By name it walks an index and
 * costs what the page costs; the other orders are those of that moment's versions, which no index can hold, and read the folder. So does, at
 * worst, the search for what is different.
 * @param input.show `different`: only what is not now what it was (`sameAsNow`)
 * @throws AppError search_too_slow when that takes over 5 s
 */
export async function readAssetPageAt(input: {
  library: LibraryContext;
  folderId: bigint;
  at: string;
  show?: 'different' | undefined;
  sort: EntrySort;
  kind: string | null;
  after: AssetPlace | null;
  limit: number;
}): Promise<AssetEntry[]> {
  const { library, at, sort } = input;
  const query = Prisma.sql`
    SELECT a.*, ${mediaColumns}, ${sinceColumns},
           ARRAY(SELECT t."name" FROM "Tag" t WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags"
    FROM (
      SELECT a.* FROM (
        SELECT ${pastColumns} FROM "Asset" a CROSS JOIN LATERAL ${versionAt(at)} v
        WHERE a."folderId" = ${input.folderId} AND NOT v."isDeleteMarker"
          ${input.kind === null ? Prisma.empty : Prisma.sql`AND a."kind" = ${input.kind}`}
          ${input.show === 'different' ? Prisma.sql`AND ${sameAsNow(library)} IS NOT TRUE` : Prisma.empty}
      ) a
      ${input.after === null ? Prisma.empty : Prisma.sql`WHERE ${beyondOf(sort, input.after)}`}
      ORDER BY ${orderOf(sort)} LIMIT ${input.limit}
    ) a
    ${mediaJoins(library)} ${sinceJoin}
    ORDER BY ${orderOf(sort)}`;
  type Row = AssetRow & PastRow;
  const rows =
    input.show === 'different' ? await readWithin<Row>(differentWithin, query) : await db().$queryRaw<Row[]>(query);
  if (rows === null) {
    throw new AppError(
      'search_too_slow',
      'Too much lies in this folder to find what differs within 5 s. Open a folder in it, or show everything.',
    );
  }
  return withSince(await toAssetEntries(library, rows, { ask: false }), rows);
}
