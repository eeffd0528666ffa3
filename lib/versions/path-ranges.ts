import { Prisma } from '#lib/db.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';

/**
 * SQL that holds for paths at or below one of the prefixes; `column` is a trusted column of collation "C".
 * No prefix: nothing; the root: everything.
 */
export function withinPrefixes(column: Prisma.Sql, prefixes: string[]): Prisma.Sql {
  if (prefixes.includes('')) return Prisma.sql`TRUE`;
  if (prefixes.length === 0) return Prisma.sql`FALSE`;
  const ranges = prefixes.map((prefix) => Prisma.sql`(${column} >= ${prefix} AND ${column} < ${prefixEnd(prefix)})`);
  return Prisma.sql`(${Prisma.join(ranges, ' OR ')})`;
}

/** Postgres text holds neither NUL nor half a surrogate pair: such a path cannot exist. */
export const canBeStored = (path: string): boolean => path.isWellFormed() && !path.includes('\u0000');
