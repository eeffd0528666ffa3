import type { Tx } from '#lib/db.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { ensureFolders } from './ensure-folders.ts';
import { recordChange } from './record-change.ts';

/** A key ending in "/" keeps an empty folder visible. Remembers or forgets its marker object; the row itself stays. */
export async function applyFolderMarker(
  tx: Tx,
  libraryId: bigint,
  path: string,
  listed: ListedVersion[],
): Promise<void> {
  const top = listed[0];
  const markerVersionId = top && !top.isDeleteMarker ? top.versionId : null;
  if (markerVersionId === null) {
    const count = await tx.folder.updateMany({
      where: { libraryId, path, NOT: { markerVersionId: null } },
      data: { markerVersionId: null },
    });
    if (count.count > 0) await recordChange(tx, libraryId, 'folder', path, path);
    return;
  }
  // `ensureFolders` takes the path of something inside, so any name does.
  const id = await ensureFolders(tx, libraryId, `${path}.`, top?.modifiedAt ?? new Date());
  const row = await tx.folder.findUniqueOrThrow({ where: { id }, select: { markerVersionId: true } });
  if (row.markerVersionId === markerVersionId) return;
  await tx.folder.update({ where: { id }, data: { markerVersionId } });
  await recordChange(tx, libraryId, 'folder', id, path);
}
