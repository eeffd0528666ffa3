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

/** The same for files, meant by their own path, and folders ("a/b/", or "" for all) with what is below them. */
export function withinPaths(column: Prisma.Sql, paths: string[]): Prisma.Sql {
  const isFolder = (path: string) => path === '' || path.endsWith('/');
  const files = paths.filter((path) => !isFolder(path));
  return Prisma.sql`(${withinPrefixes(column, paths.filter(isFolder))} OR ${column} = ANY(${files}))`;
}

/** Postgres text holds neither NUL nor half a surrogate pair: such a path cannot exist. */
export const canBeStored = (path: string): boolean => path.isWellFormed() && !path.includes('\u0000');
