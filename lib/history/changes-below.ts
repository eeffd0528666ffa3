import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { isStatementTimeout } from '#lib/db-errors.ts';
import { notFound } from '#lib/errors.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { planScope } from '#lib/search/plan-scope.ts';
import { canBeStored, withinPrefixes } from '#lib/versions/path-ranges.ts';

/**
 * The folders `f` whose changes an actor may know of, at or below a path: all of it, or the grants in it.
 * @throws AppError not_found for what no grant reaches or leads to
 */
export async function foldersBelow(
  actor: Actor,
  input: { library: string; path: string },
): Promise<{ path: string; folders: Prisma.Sql }> {
  const library = await requireLibrary(actor, input.library);
  const path = input.path === '' || input.path.endsWith('/') ? input.path : `${input.path}/`;
  const prefixes = canBeStored(path) ? planScope(actor, library.id, path) : [];
  if (prefixes.length === 0) throw notFound('The folder');
  const folders = Prisma.sql`f."libraryId" = ${library.id} AND ${withinPrefixes(Prisma.sql`f."path"`, prefixes)}`;
  return { path, folders };
}

/** What counts as a change: every version and deletion, but not a deletion that was taken back, which never was (decision 039). */
export const isChange = Prisma.sql`NOT (v."isDeleteMarker" AND v."removedAt" IS NOT NULL)`;

/** Runs a read that may look at very much, for so many ms; null when that was not enough. */
export async function readWithin<Row>(milliseconds: number, query: Prisma.Sql): Promise<Row[] | null> {
  try {
    const [, rows] = await db().$transaction([
      db()
        .$queryRaw`SELECT set_config('statement_timeout', ${String(milliseconds)}, true), set_config('jit', 'off', true)`,
      db().$queryRaw<Row[]>(query),
    ]);
    return rows;
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    return null;
  }
}
