import { hasRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';

/** Of some uploads those that the actor may take back: finished, and not undone yet. Whether the world has moved on is told by the preview. */
export async function findUndoableUploads(actor: Actor, libraryId: bigint, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const [rows, undone] = await Promise.all([
    db().upload.findMany({
      where: { id: { in: ids }, libraryId, state: 'completed', versionId: { not: null } },
      select: { id: true, userId: true, path: true },
    }),
    db().operation.findMany({
      where: { undoOfUploadId: { in: ids }, state: { notIn: ['failed', 'planned'] } },
      select: { undoOfUploadId: true },
    }),
  ]);
  const gone = new Set(undone.map((row) => row.undoOfUploadId));
  return new Set(
    rows
      .filter((row) => !gone.has(row.id))
      .filter((row) => hasRole(actor, libraryId, row.path, row.userId === actor.userId ? 'contributor' : 'admin'))
      .map((row) => row.id),
  );
}
