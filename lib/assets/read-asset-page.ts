import { db, Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { AssetRow } from './asset-entry.ts';
import { mediaColumns, mediaJoins } from './media-sql.ts';
import type { AssetEntry, EntrySort } from './schema.ts';
import { toAssetEntries } from './to-asset-entries.ts';

export type AssetPlace = { value: string; tie: string };

/** Each order is one partial index of the first migration; descending ones walk it backwards. Names are unique in a folder. */
const order: Record<EntrySort, { by: Prisma.Sql; beyond: (place: AssetPlace) => Prisma.Sql }> = {
  name: {
    by: Prisma.sql`a."name"`,
    beyond: ({ value }) => Prisma.sql`a."name" > ${value}`,
  },
  '-name': {
    by: Prisma.sql`a."name" DESC`,
    beyond: ({ value }) => Prisma.sql`a."name" < ${value}`,
  },
  size: {
    by: Prisma.sql`a."size", a."id"`,
    beyond: ({ value, tie }) => Prisma.sql`(a."size", a."id") > (${value}::bigint, ${tie}::bigint)`,
  },
  '-size': {
    by: Prisma.sql`a."size" DESC, a."id" DESC`,
    beyond: ({ value, tie }) => Prisma.sql`(a."size", a."id") < (${value}::bigint, ${tie}::bigint)`,
  },
  modified: {
    by: Prisma.sql`a."modifiedAt", a."id"`,
    beyond: ({ value, tie }) => Prisma.sql`(a."modifiedAt", a."id") > (${isoOf(value)}::timestamptz, ${tie}::bigint)`,
  },
  '-modified': {
    by: Prisma.sql`a."modifiedAt" DESC, a."id" DESC`,
    beyond: ({ value, tie }) => Prisma.sql`(a."modifiedAt", a."id") < (${isoOf(value)}::timestamptz, ${tie}::bigint)`,
  },
  type: {
    by: Prisma.sql`a."kind", a."name"`,
    beyond: ({ value, tie }) => Prisma.sql`(a."kind", a."name") > (${value}, ${tie})`,
  },
};

/** The order of an index, with what breaks ties. */
export function orderOf(sort: EntrySort): Prisma.Sql {
  return order[sort].by;
}

/** What lies after a place in the order. */
export function beyondOf(sort: EntrySort, place: AssetPlace): Prisma.Sql {
  return order[sort].beyond(place);
}

const isoOf = (milliseconds: string) => new Date(Number(milliseconds)).toISOString();

/** Live assets directly in a folder, in one of the orders, after a place. What inspection knows is joined for this page only. */
export async function readAssetPage(input: {
  library: LibraryContext;
  folderId: bigint;
  sort: EntrySort;
  kind: string | null;
  after: AssetPlace | null;
  limit: number;
}): Promise<AssetEntry[]> {
  const { library, sort } = input;
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT a.*, ${mediaColumns},
           ARRAY(SELECT t."name" FROM "Tag" t
                 WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags"
    FROM (
      SELECT a."id", a."name", a."path", a."irregular", a."kind", a."contentType", a."size", a."modifiedAt",
             a."versionId", a."etag", a."versionCount", a."storageClass"
      FROM "Asset" a
      WHERE a."folderId" = ${input.folderId} AND a."state" = 'live'
        ${input.kind === null ? Prisma.empty : Prisma.sql`AND a."kind" = ${input.kind}`}
        ${input.after === null ? Prisma.empty : Prisma.sql`AND ${order[sort].beyond(input.after)}`}
      ORDER BY ${order[sort].by}
      LIMIT ${input.limit}
    ) a
    ${mediaJoins(library)}
    ORDER BY ${order[sort].by}`;
  return toAssetEntries(library, rows);
}

/** The place of an asset in an order: what the next page goes on after. */
export function placeOf(entry: AssetEntry, sort: EntrySort): AssetPlace {
  switch (sort) {
    case 'name':
    case '-name':
      return { value: entry.name, tie: entry.id };
    case 'size':
    case '-size':
      return { value: String(entry.size), tie: entry.id };
    case 'modified':
    case '-modified':
      return { value: String(new Date(entry.modifiedAt).getTime()), tie: entry.id };
    case 'type':
      return { value: entry.kind, tie: entry.name };
  }
}
