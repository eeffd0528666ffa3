import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { findLeftovers } from './find-leftovers.ts';
import { requirePrices } from './require-prices.ts';
import type { UsageRow, VersionAge } from './schema.ts';

/** Milliseconds for the one statement that reads every version: some 50 M rows; single statements of people end at 30 s. */
const STATEMENT_TIMEOUT = 10 * 60_000;

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
 * index, and asks the store for unfinished uploads.
 */
export async function measureUsage(library: LibraryContext): Promise<void> {
  const { prices } = await requirePrices(library.id);
  const minimums = Object.entries(prices.classes).map(
    ([name, price]) => Prisma.sql`(${name}, ${price.minimumBytes}::bigint)`,
  );
  const [rows, leftovers] = await Promise.all([readUsage(library.id, minimums), findLeftovers(library)]);
  const kept = {
    measuredAt: new Date(),
    rows: rows.map(toUsageRow),
    leftovers,
  };
  await db().usageSnapshot.upsert({
    where: { libraryId: library.id },
    create: { libraryId: library.id, ...kept },
    update: kept,
  });
}

function readUsage(libraryId: bigint, minimums: Prisma.Sql[]): Promise<Row[]> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(STATEMENT_TIMEOUT)}, true)`;
      return tx.$queryRaw<Row[]>`
        SELECT
          CASE WHEN strpos(a."path", '/') = 0 THEN '' ELSE split_part(a."path", '/', 1) || '/' END AS "folder",
          a."kind",
          coalesce(v."storageClass", 'STANDARD') AS "storageClass",
          CASE WHEN a."state" = 'trashed' THEN 'trash' WHEN v."versionId" = a."versionId" THEN 'live' ELSE 'old' END AS "age",
          count(*) AS "count",
          sum(v."size")::bigint AS "bytes",
          sum(greatest(v."size", coalesce(m."bytes", 0)))::bigint AS "billedBytes"
        FROM "Version" v
        JOIN "Asset" a ON a."id" = v."assetId"
        LEFT JOIN (VALUES ${Prisma.join(minimums)}) AS m("name", "bytes") ON m."name" = coalesce(v."storageClass", 'STANDARD')
        WHERE a."libraryId" = ${libraryId} AND v."removedAt" IS NULL AND NOT v."isDeleteMarker"
        GROUP BY 1, 2, 3, 4`;
    },
    { timeout: STATEMENT_TIMEOUT + 10_000 },
  );
}

function toUsageRow({ count, bytes, billedBytes, ...row }: Row): UsageRow {
  return { ...row, count: safeNumber(count), bytes: safeNumber(bytes), billedBytes: safeNumber(billedBytes) };
}
