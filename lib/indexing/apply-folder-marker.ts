import type { Tx } from '#lib/db.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { isAbsentSince, lockUnknownPath, recordAbsence } from './absence.ts';
import { ensureFolders } from './ensure-folders.ts';
import { recordChange } from './record-change.ts';

/**
 * A key ending in "/" keeps an empty folder visible. Remembers or forgets its marker object; the row itself stays.
 * A listing with an older ticket than the one applied last changes nothing.
 */
export async function applyFolderMarker(
  tx: Tx,
  libraryId: bigint,
  path: string,
  listed: ListedVersion[],
  ticket: bigint,
): Promise<void> {
  const top = listed[0];
  const markerVersionId = top && !top.isDeleteMarker ? top.versionId : null;
  const row = (await findFolder(tx, libraryId, path)) ?? (await makeFolder(tx, libraryId, path, top, ticket));
  if (!row || row.markerTicket > ticket) return;
  await tx.folder.update({ where: { id: row.id }, data: { markerVersionId, markerTicket: ticket } });
  if (row.markerVersionId !== markerVersionId) {
    await recordChange(tx, libraryId, 'folder', markerVersionId === null ? path : row.id, path);
  }
}

type FolderRow = { id: bigint; markerVersionId: string | null; markerTicket: bigint };

async function findFolder(tx: Tx, libraryId: bigint, path: string): Promise<FolderRow | null> {
  const rows = await tx.$queryRaw<FolderRow[]>`
    SELECT "id", "markerVersionId", "markerTicket" FROM "Folder"
    WHERE "libraryId" = ${libraryId} AND "path" = ${path} FOR UPDATE`;
  return rows[0] ?? null;
}

/** Null where there is nothing to make a folder for: no marker, or one that a newer look did not find. */
async function makeFolder(
  tx: Tx,
  libraryId: bigint,
  path: string,
  top: ListedVersion | undefined,
  ticket: bigint,
): Promise<FolderRow | null> {
  await lockUnknownPath(tx, libraryId, path);
  const made = await findFolder(tx, libraryId, path);
  if (made) return made;
  if (!top || top.isDeleteMarker) await recordAbsence(tx, libraryId, path, ticket);
  if (!top || top.isDeleteMarker || (await isAbsentSince(tx, libraryId, path, ticket))) return null;
  // `ensureFolders` takes the path of something inside, so any name does.
  await ensureFolders(tx, libraryId, `${path}.`, top.modifiedAt);
  return findFolder(tx, libraryId, path);
}
