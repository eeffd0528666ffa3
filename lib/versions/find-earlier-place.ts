import { hasRole, roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { type LibraryContext, readOnlyReason } from '#lib/libraries/require-library.ts';
import type { EarlierPlace } from './schema.ts';

/**
 * Where a moved file was before: its history goes on there. The move is the newest one that made a version of this asset; what an undo
 * brought back was here before.
 * @returns null when it never moved here, and where the caller may not look at the old place
 */
export async function findEarlierPlace(
  actor: Actor,
  library: LibraryContext,
  asset: { id: bigint; key: string },
): Promise<EarlierPlace | null> {
  const [move] = await db().$queryRaw<{ fromKey: string; movedAt: Date }[]>`
    SELECT m."fromKey", m."movedAt" FROM "Move" m
    WHERE m."libraryId" = ${library.id} AND m."toKey" = ${asset.key} AND NOT m."isUndo"
      AND EXISTS (SELECT 1 FROM "Version" v WHERE v."assetId" = ${asset.id} AND v."versionId" = m."toVersionId")
    ORDER BY m."id" DESC LIMIT 1`;
  const path = move ? toPath(library, move.fromKey) : null;
  if (!move || path === null || roleAt(actor, library.id, path) === null) return null;
  const old = await db().asset.findUnique({
    where: { libraryId_path: { libraryId: library.id, path } },
    select: { id: true },
  });
  if (!old) return null;
  const may = (role: 'contributor' | 'admin') =>
    readOnlyReason(library) === null && hasRole(actor, library.id, path, role);
  return {
    id: String(old.id),
    path,
    until: move.movedAt.toISOString(),
    allowed: { write: may('contributor'), restoreVersions: may('admin') },
  };
}
