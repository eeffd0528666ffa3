import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
import type { FateKey } from './plan-fates.ts';

/** Where a part ends; the next one begins after it. */
export type FatePosition = { path: string };

type Row = {
  path: string;
  versionId: string;
  isDeleteMarker: boolean;
  size: bigint;
  modifiedAt: Date;
  storageClass: string | null;
};

/**
 * The next keys of a library in path order with every version that the store still has, newest first.
 * @param after the last path of the part before; null from the start
 * @param limit keys, not versions
 */
export async function readFateKeys(
  library: { id: bigint; rootPrefix: string },
  after: string | null,
  limit: number,
): Promise<FateKey[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT a."path", v."versionId", v."isDeleteMarker", v."size", v."modifiedAt", v."storageClass"
    FROM (
      SELECT "id", "path" FROM "Asset"
      WHERE "libraryId" = ${library.id} AND "state" <> 'gone'
        AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`"path" > ${after}`}
      ORDER BY "path" LIMIT ${limit}
    ) a
    JOIN "Version" v ON v."assetId" = a."id" AND v."removedAt" IS NULL
    ORDER BY a."path", v."seq" DESC`;
  const keys: FateKey[] = [];
  let path: string | null = null;
  for (const row of rows) {
    if (row.path !== path) {
      path = row.path;
      keys.push({ key: library.rootPrefix + row.path, versions: [] });
    }
    keys.at(-1)?.versions.push({
      versionId: row.versionId,
      isDeleteMarker: row.isDeleteMarker,
      size: safeNumber(row.size),
      modifiedAt: row.modifiedAt.getTime(),
      storageClass: row.storageClass ?? 'STANDARD',
    });
  }
  return keys;
}
