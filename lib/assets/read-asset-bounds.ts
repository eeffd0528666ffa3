import { db, Prisma } from '#lib/db.ts';
import { type AssetPlace, orderOf } from './read-asset-page.ts';
import type { EntrySort } from './schema.ts';

/** The last asset of a block: how many there are up to it, and its place in the order. */
export type AssetBound = {
  position: bigint;
  id: bigint;
  name: string | null;
  size: bigint | null;
  modifiedAt: Date | null;
  kind: string | null;
  month: string | null;
};

/** Only what the index of the order holds, so that the table itself is not read. */
const columns: Record<EntrySort, Prisma.Sql> = {
  name: Prisma.sql`a."name"`,
  '-name': Prisma.sql`a."name"`,
  size: Prisma.sql`a."size", a."id"`,
  '-size': Prisma.sql`a."size", a."id"`,
  modified: Prisma.sql`a."modifiedAt", a."id"`,
  '-modified': Prisma.sql`a."modifiedAt", a."id"`,
  type: Prisma.sql`a."kind", a."name"`,
};

/**
 * Every `step`-th live asset of a folder and the last one, in an order; with a zone also the last one of each month.
 * Windows without partitions run along the index; a partition by month would sort the folder first.
 */
export async function readAssetBounds(input: {
  folderId: bigint;
  sort: EntrySort;
  kind: string | null;
  step: number;
  zone: string | null;
}): Promise<AssetBound[]> {
  const by = orderOf(input.sort);
  const month =
    input.zone === null
      ? Prisma.sql`NULL::timestamp`
      : Prisma.sql`date_trunc('month', a."modifiedAt" AT TIME ZONE ${input.zone})`;
  return db().$queryRaw<AssetBound[]>`
    SELECT b.*, to_char("monthStart", 'YYYY-MM') AS "month" FROM (
      SELECT a.*, row_number() OVER w AS "position",
             lead("monthStart") OVER w AS "nextStart", lead(1) OVER w IS NULL AS "last"
      FROM (
        SELECT ${columns[input.sort]}, ${month} AS "monthStart"
        FROM "Asset" a
        WHERE a."folderId" = ${input.folderId} AND a."state" = 'live'
          ${input.kind === null ? Prisma.empty : Prisma.sql`AND a."kind" = ${input.kind}`}
      ) a
      WINDOW w AS (ORDER BY ${by})
    ) b
    WHERE "last" OR "position" % ${input.step} = 0 OR "nextStart" <> "monthStart"
    ORDER BY "position"`;
}

/** The place after which the next block begins. */
export function placeOfRow(row: AssetBound, sort: EntrySort): AssetPlace {
  switch (sort) {
    case 'name':
    case '-name':
      return { value: row.name ?? '', tie: '' };
    case 'size':
    case '-size':
      return { value: String(row.size), tie: String(row.id) };
    case 'modified':
    case '-modified':
      return { value: String(row.modifiedAt?.getTime()), tie: String(row.id) };
    case 'type':
      return { value: row.kind ?? '', tie: row.name ?? '' };
  }
}
