import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { versionAt } from '#lib/history/version-at.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import { maxItems, resolveSelection, type Selection } from '#lib/operations/resolve-selection.ts';
import { canBeStored, withinPaths } from '#lib/versions/path-ranges.ts';

/** A file that a selection holds, as the version that is meant. */
export type HeldFile = {
  path: string;
  id: bigint;
  versionId: string;
  size: number;
  /** Why it cannot be read; null when it can. */
  whyNot: string | null;
};
export type Held = { files: HeldFile[]; folders: string[] };

/** What a selection holds now: live files, and the objects of empty folders. @throws as `resolveSelection` */
export async function heldNow(actor: Actor, library: LibraryContext, chosen: Selection): Promise<Held> {
  const { assets, folders } = await resolveSelection(actor, library, chosen, 'live', 'viewer');
  const files = assets
    .filter(({ state }) => state === 'live')
    .map((asset) => ({ ...asset, whyNot: whyArchived(asset.storageClass) }));
  return { files, folders: folders.map(({ path }) => path) };
}

/**
 * What a selection held at a moment: of files the version that stood there, of folders everything that stood below them. Empty folders have no
 * history in the index and are left out.
 * @throws AppError not_found, too_large over 100,000 files, invalid_request for a query
 */
export async function heldAt(actor: Actor, library: LibraryContext, chosen: Selection, at: string): Promise<Held> {
  if ('query' in chosen) {
    throw new AppError('invalid_request', 'Files of a moment are chosen by their ids or paths, not by a query.');
  }
  const paths = 'paths' in chosen ? chosen.paths : [];
  const ids = 'ids' in chosen ? [...new Set(chosen.ids)].map(BigInt) : [];
  if (!paths.every(canBeStored) || ids.some((id) => BigInt.asIntN(64, id) !== id)) throw notFound('The folder or file');
  requireRole(actor, library.id, paths, 'viewer');
  const scope = 'ids' in chosen ? Prisma.sql`a."id" = ANY(${ids})` : withinPaths(Prisma.sql`a."path"`, paths);
  const rows = await db().$queryRaw<(Omit<HeldFile, 'size' | 'whyNot'> & Past)[]>`
    SELECT a."id", a."path", v."versionId", v."size", coalesce(v."storageClass", 'STANDARD') AS "storageClass", v."removedAt"
    FROM "Asset" a CROSS JOIN LATERAL ${versionAt(at)} v
    WHERE a."libraryId" = ${library.id} AND ${scope} AND NOT v."isDeleteMarker" ORDER BY a."path" LIMIT ${maxItems + 1}`;
  if (rows.length > maxItems) {
    const most = maxItems.toLocaleString('en');
    throw new AppError('too_large', `More than ${most} files stood there. Take one sub-folder after the other.`);
  }
  if (rows.length === 0 || (ids.length > 0 && rows.length < ids.length)) throw notFound('The folder or file');
  requireRole(
    actor,
    library.id,
    rows.map((row) => row.path),
    'viewer',
  );
  const files = rows.map((row) => ({
    ...row,
    size: Number(row.size),
    whyNot: row.removedAt ? 'Its bytes are gone from the store.' : whyArchived(row.storageClass),
  }));
  return { files, folders: [] };
}
type Past = { size: bigint; storageClass: string; removedAt: Date | null };

/** The store hands out what is archived only after a thaw; some stores at once, but none says so beforehand. */
const whyArchived = (storageClass: string) =>
  isArchived(storageClass) ? `It is archived (${storageClass}) and must be thawed first.` : null;
