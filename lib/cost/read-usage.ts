import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
import type { PriceSheet, UsageRow, VersionAge } from './schema.ts';

/**
 * Ids of assets that one statement covers: with five versions each it reads two million rows. A statement ends after 30 s, at the server and
 * here (lib/db.ts), and the whole index has 50 M versions.
 */
const idsAtOnce = 400_000n;

type Row = {
  folder: string;
  kind: string;
  storageClass: string;
  age: VersionAge;
  count: bigint;
  bytes: bigint;
  billedBytes: bigint;
};

/**
 * What a library holds by class, first folder, kind and age, from every version of the index, piece by piece.
 * @param prices say from which size on a class bills a version by its own
 * @param atOnce ids of assets in a piece
 */
export async function readUsage(libraryId: bigint, prices: PriceSheet, atOnce = idsAtOnce): Promise<UsageRow[]> {
  const minimums = Object.entries(prices.classes).map(
    ([name, price]) => Prisma.sql`(${name}, ${price.minimumBytes}::bigint)`,
  );
  const [ends] = await db().$queryRaw<{ first: bigint; last: bigint }[]>`
    SELECT coalesce(min("id"), 1) AS "first", coalesce(max("id"), 0) AS "last"
    FROM "Asset" WHERE "libraryId" = ${libraryId}`;
  const { first, last } = ends as { first: bigint; last: bigint };
  const sums = new Map<string, Row>();
  for (let from = first; from <= last; from += atOnce) {
    for (const row of await readPiece(libraryId, minimums, from, from + atOnce)) addTo(sums, row);
  }
  return [...sums.values()].map(toUsageRow);
}

function addTo(sums: Map<string, Row>, row: Row): void {
  const place = JSON.stringify([row.folder, row.kind, row.storageClass, row.age]);
  const sum = sums.get(place);
  if (!sum) sums.set(place, row);
  else for (const figure of ['count', 'bytes', 'billedBytes'] as const) sum[figure] += row[figure];
}

/** Of the assets with these ids, `end` left out. */
function readPiece(libraryId: bigint, minimums: Prisma.Sql[], from: bigint, end: bigint): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT
      CASE WHEN strpos(a."path", '/') = 0 THEN '' ELSE split_part(a."path", '/', 1) || '/' END AS "folder",
      a."kind",
      coalesce(v."storageClass", 'STANDARD') AS "storageClass",
      CASE WHEN a."state" = 'trashed' THEN 'trash' WHEN v."versionId" = a."versionId" THEN 'live' ELSE 'old' END AS "age",
      count(*) AS "count",
      sum(v."size")::bigint AS "bytes",
      sum(greatest(v."size", coalesce(m."bytes", 0)))::bigint AS "billedBytes"
    FROM "Asset" a
    JOIN "Version" v ON v."assetId" = a."id"
    LEFT JOIN (VALUES ${Prisma.join(minimums)}) AS m("name", "bytes") ON m."name" = coalesce(v."storageClass", 'STANDARD')
    WHERE a."libraryId" = ${libraryId} AND a."id" >= ${from} AND a."id" < ${end}
      AND v."removedAt" IS NULL AND NOT v."isDeleteMarker"
    GROUP BY 1, 2, 3, 4`;
}

function toUsageRow({ count, bytes, billedBytes, ...row }: Row): UsageRow {
  return { ...row, count: safeNumber(count), bytes: safeNumber(bytes), billedBytes: safeNumber(billedBytes) };
}
