import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { countRequests } from './count-requests.ts';
import { findLeftovers } from './find-leftovers.ts';
import { requirePrices } from './require-prices.ts';
import type { UsageRow, VersionAge } from './schema.ts';

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
 * Measures what a library holds by class, first folder, kind and age, and keeps it. For the worker: it reads every version of the
 * index, piece by piece, and asks the store for unfinished uploads. What changes meanwhile is counted as it was or as it is.
 * @param atOnce ids of assets in a piece
 */
export async function measureUsage(library: LibraryContext, atOnce = idsAtOnce): Promise<void> {
  const { prices } = await requirePrices(library.id);
  const minimums = Object.entries(prices.classes).map(
    ([name, price]) => Prisma.sql`(${name}, ${price.minimumBytes}::bigint)`,
  );
  const [rows, leftovers, requests] = await Promise.all([
    readUsage(library.id, minimums, atOnce),
    findLeftovers(library),
    countRequests(library.id),
  ]);
  const kept = {
    measuredAt: new Date(),
    rows: rows.map(toUsageRow),
    leftovers,
    requests,
  };
  await db().usageSnapshot.upsert({
    where: { libraryId: library.id },
    create: { libraryId: library.id, ...kept },
    update: kept,
  });
}

async function readUsage(libraryId: bigint, minimums: Prisma.Sql[], atOnce: bigint): Promise<Row[]> {
  const [ends] = await db().$queryRaw<{ first: bigint; last: bigint }[]>`
    SELECT coalesce(min("id"), 1) AS "first", coalesce(max("id"), 0) AS "last"
    FROM "Asset" WHERE "libraryId" = ${libraryId}`;
  const { first, last } = ends as { first: bigint; last: bigint };
  const sums = new Map<string, Row>();
  for (let from = first; from <= last; from += atOnce) {
    for (const row of await readPiece(libraryId, minimums, from, from + atOnce)) addTo(sums, row);
  }
  return [...sums.values()];
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
