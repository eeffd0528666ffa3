import { safeNumber } from '#lib/assets/safe-number.ts';
import { db, Prisma } from '#lib/db.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import type { LifecycleRule } from './schema.ts';

/**
 * Live files under enabled rules that expire current media, counted once each: all of them will go some day. Rules by tag count
 * every file under their folder: tags come and go without a new version. The figure is then the most that it can be.
 */
export async function countExpiringFiles(libraryId: bigint, rules: LifecycleRule[]): Promise<number> {
  const expiring = rules.filter((rule) => rule.enabled && rule.expireAfterDays !== null);
  if (expiring.length === 0) return 0;
  const conditions = expiring.map(
    ({ prefix, largerThan, smallerThan }) => Prisma.sql`(
      ${withinPrefixes(Prisma.sql`"path"`, [prefix])}
      AND ${largerThan === null ? Prisma.sql`TRUE` : Prisma.sql`"size" > ${largerThan}`}
      AND ${smallerThan === null ? Prisma.sql`TRUE` : Prisma.sql`"size" < ${smallerThan}`}
    )`,
  );
  const [row] = await db().$queryRaw<[{ count: bigint }]>`
    SELECT count(*) AS "count" FROM "Asset"
    WHERE "libraryId" = ${libraryId} AND "state" = 'live' AND (${Prisma.join(conditions, ' OR ')})`;
  return safeNumber(row.count);
}
