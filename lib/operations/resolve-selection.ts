import type * as z from 'zod';
import { requireRole } from '#lib/auth/access.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { movedAway } from '#lib/versions/moved-away.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import type { selection } from './schema.ts';
import { selectByQuery } from './select-by-query.ts';
import type { AssetRow, SelectedAsset, SelectedFolderMarker } from './selected.ts';

/** Items of one operation. Planning holds them in memory and writes them in one transaction. */
export const maxItems = 100_000;

export type Selection = z.output<typeof selection>;
export type Selected = { assets: SelectedAsset[]; folders: SelectedFolderMarker[] };

const isFolder = (path: string) => path === '' || path.endsWith('/');

/**
 * The assets that a selection means, from the index. A file is itself in whatever state; a folder is every asset below it in
 * `belowFolders` and the marker objects of it and its sub-folders. The role is asked on all of it.
 * @throws AppError not_found when one is missing or may not be seen, forbidden, too_large over 100,000 items
 */
export async function resolveSelection(
  actor: Actor,
  library: LibraryContext,
  chosen: Selection,
  belowFolders: 'live' | 'trashed',
  role: RoleName,
): Promise<Selected> {
  const paths = 'paths' in chosen ? chosen.paths : [];
  if (!paths.every(canBeStored)) throw notFound('The folder or file');
  requireRole(actor, library.id, paths, role);
  const folderPaths = 'paths' in chosen ? paths.filter(isFolder) : [];
  const rows = await readRows(actor, library, chosen);
  const folders: SelectedFolderMarker[] = [];
  for (const path of folderPaths) {
    const markers = belowFolders === 'live' ? await folderMarkers(library.id, path) : [];
    const below = await assetsBelow(library, path, belowFolders);
    if (belowFolders === 'live' && markers.length === 0 && below.length === 0) throw notFound('The folder or file');
    folders.push(...markers.map((marker) => ({ path: marker, key: toKey(library, marker) })));
    rows.push(...below);
    if (rows.length + folders.length > maxItems) throw tooMany();
  }
  // Of several places the trash of one may be empty.
  if (rows.length + folders.length === 0) throw notFound('The folder or file');
  requireRole(
    actor,
    library.id,
    rows.map((row) => row.path),
    role,
  );
  const unique = [...new Map(rows.map((row) => [row.path, row])).values()];
  return {
    assets: unique.map((row) => ({ ...row, size: Number(row.size), key: toKey(library, row.path) })),
    folders: [...new Map(folders.map((folder) => [folder.path, folder])).values()],
  };
}

function readRows(actor: Actor, library: LibraryContext, chosen: Selection): Promise<AssetRow[]> {
  if ('ids' in chosen) return byIds(library.id, chosen.ids);
  if ('query' in chosen) return selectByQuery(actor, library, chosen, maxItems);
  return byPaths(
    library.id,
    chosen.paths.filter((path) => !isFolder(path)),
  );
}

async function byIds(libraryId: bigint, ids: string[]): Promise<AssetRow[]> {
  const wanted = [...new Set(ids)].map(BigInt);
  // Ids are bigints of Postgres; a larger number is no id.
  if (wanted.some((id) => BigInt.asIntN(64, id) !== id)) throw notFound('The folder or file');
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT "id", "path", "state"::text AS "state", "versionId", "etag", "size", "storageClass"
    FROM "Asset" WHERE "libraryId" = ${libraryId} AND "id" = ANY(${wanted})`;
  if (rows.length < wanted.length) throw notFound('The folder or file');
  return rows;
}

async function byPaths(libraryId: bigint, paths: string[]): Promise<AssetRow[]> {
  const wanted = [...new Set(paths)];
  if (wanted.length === 0) return [];
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT "id", "path", "state"::text AS "state", "versionId", "etag", "size", "storageClass"
    FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" = ANY(${wanted})`;
  if (rows.length < wanted.length) throw notFound('The folder or file');
  return rows;
}

/** In the trash is what people put there; a place that a file moved away from is not. */
async function assetsBelow(library: LibraryContext, folder: string, state: 'live' | 'trashed'): Promise<AssetRow[]> {
  // chr(1114111), the last code point, stands for "no end" of the root.
  const end = prefixEnd(folder) ?? '\u{10ffff}';
  return db().$queryRaw<AssetRow[]>`
    SELECT a."id", a."path", a."state"::text AS "state", a."versionId", a."etag", a."size", a."storageClass"
    FROM "Asset" a WHERE a."libraryId" = ${library.id} AND a."path" >= ${folder} AND a."path" < ${end} AND a."state" = ${state}::"AssetState"
      ${state === 'trashed' ? Prisma.sql`AND NOT ${movedAway(library)}` : Prisma.empty}
    ORDER BY a."path" LIMIT ${maxItems + 1}`;
}

async function folderMarkers(libraryId: bigint, folder: string): Promise<string[]> {
  const end = prefixEnd(folder) ?? '\u{10ffff}';
  const rows = await db().$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Folder" WHERE "libraryId" = ${libraryId} AND "path" >= ${folder} AND "path" < ${end}
      AND "markerVersionId" IS NOT NULL ORDER BY "path" LIMIT ${maxItems + 1}`;
  return rows.map((row) => row.path);
}

function tooMany(): AppError {
  const most = maxItems.toLocaleString('en');
  return new AppError('too_large', `The selection holds more than ${most} files. Take one sub-folder after the other.`);
}
