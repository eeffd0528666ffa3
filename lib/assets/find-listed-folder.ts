import { isOnTheWay, roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { holdsMarker } from './read-folder-page.ts';

/**
 * The folder that somebody wants to see, as the index has it. `covered` says that a grant reaches it; above a grant only the way is shown.
 * What was granted by name (`granted`) exists even while nothing is in it. Whether the rest does is for the caller to ask: `folder.visible`.
 * @param input.path "" or a folder path; a missing "/" at its end is added
 * @throws AppError not_found for what no grant reaches or leads to
 */
export async function findListedFolder(actor: Actor, input: { library: string; path: string }) {
  const library = await requireLibrary(actor, input.library);
  const path = input.path === '' || input.path.endsWith('/') ? input.path : `${input.path}/`;
  // Postgres text holds no NUL, and no name holds half a character.
  if (path.includes('\u0000') || !path.isWellFormed()) throw notFound('The folder');
  const covered = roleAt(actor, library.id, path) !== null;
  if (!covered && !isOnTheWay(actor, library.id, path)) throw notFound('The folder');
  const granted = path === '' || actor.grants.some((g) => g.libraryId === library.id && g.prefix === path);
  return { library, path, covered, granted, folder: await readFolder(library, path) };
}

export type ListedFolder = { id: bigint; path: string; assetCount: bigint; bytes: bigint; visible: boolean };

/** The folder with its rollups, in one round trip; null when the index has none. */
async function readFolder(library: LibraryContext, path: string): Promise<ListedFolder | null> {
  const end = prefixEnd(path);
  const rows = await db().$queryRaw<{ id: bigint; marked: boolean; assetCount: bigint; bytes: bigint }[]>`
    SELECT f."id", ${holdsMarker} AS "marked",
           f."assetCount" + u."assetCount" AS "assetCount", f."bytes" + u."bytes" AS "bytes"
    FROM "Folder" f
    CROSS JOIN (
      SELECT coalesce(sum("assetCount"), 0)::bigint AS "assetCount", coalesce(sum("bytes"), 0)::bigint AS "bytes"
      FROM "FolderDelta"
      WHERE "libraryId" = ${library.id} AND "path" >= ${path}
        ${end === null ? Prisma.empty : Prisma.sql`AND "path" < ${end}`}
    ) u
    WHERE f."libraryId" = ${library.id} AND f."path" = ${path}`;
  const row = rows[0];
  if (!row) return null;
  return { ...row, path, visible: row.marked || row.assetCount > 0n };
}
