import { requireRole } from '#lib/auth/access.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { foldersAbove, prefixEnd, requireValidPath } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { findPathClashes } from './find-path-clashes.ts';
import { planCreateFolder } from './plan-create-folder.ts';
import { planReencrypt } from './plan-reencrypt.ts';
import { type IndexedVersion, planRestoreVersion } from './plan-restore-version.ts';
import type { PlannedItem } from './plan-summary.ts';
import { planTrash } from './plan-trash.ts';
import { planUntrash } from './plan-untrash.ts';
import { prepareGhosts } from './prepare-ghosts.ts';
import { preparePurge } from './prepare-purge.ts';
import { prepareReclass } from './prepare-reclass.ts';
import { prepareRestoreToTime } from './prepare-restore-to-time.ts';
import { prepareTags } from './prepare-tags.ts';
import { prepareTransfer } from './prepare-transfer.ts';
import { resolveSelection, type Selection } from './resolve-selection.ts';
import type { OperationParams, OperationTypeName } from './schema.ts';

/** The role that each type asks on every path it touches (DESIGN section 7). */
export const roleOfType: Record<OperationTypeName, RoleName> = {
  trash: 'contributor',
  untrash: 'contributor',
  'create-folder': 'contributor',
  'restore-version': 'admin',
  'restore-to-time': 'admin',
  move: 'contributor',
  copy: 'contributor',
  tag: 'contributor',
  purge: 'admin',
  reencrypt: 'admin',
  reclass: 'admin',
};

/** What is to be done, and how many more were looked at and are as they should be. */
export type Planned = { items: PlannedItem[]; unchanged: number };

/** Reads the index, checks rights on the whole set, and plans. Nothing is changed. */
export async function planOperation(
  actor: Actor,
  library: LibraryContext,
  type: OperationTypeName,
  selection: Selection,
  params: OperationParams,
): Promise<Planned> {
  if (type === 'restore-to-time') return prepareRestoreToTime(actor, library, selection, params);
  return { items: await planItems(actor, library, type, selection, params), unchanged: 0 };
}

async function planItems(
  actor: Actor,
  library: LibraryContext,
  type: Exclude<OperationTypeName, 'restore-to-time'>,
  selection: Selection,
  params: OperationParams,
): Promise<PlannedItem[]> {
  const role = roleOfType[type];
  switch (type) {
    case 'trash': {
      if ('paths' in selection && selection.paths.includes('')) {
        throw new AppError(
          'invalid_request',
          'The whole library cannot be moved to the trash at once. Choose folders or files.',
        );
      }
      const { assets, folders } = await resolveSelection(actor, library, selection, 'live', role);
      return planTrash(assets, folders);
    }
    case 'untrash': {
      const { assets } = await resolveSelection(actor, library, selection, 'trashed', role);
      const coming = assets.filter((asset) => asset.state === 'trashed').map((asset) => asset.path);
      return planUntrash(assets, await findPathClashes(library, coming));
    }
    case 'restore-version':
      return [await planRestore(actor, library, selection, params)];
    case 'create-folder':
      return [await planFolder(actor, library, selection)];
    case 'move':
    case 'copy':
      return prepareTransfer(actor, library, type, selection, params);
    case 'tag':
      return prepareTags(library, (await resolveSelection(actor, library, selection, 'live', role)).assets, params);
    case 'reencrypt':
      return planReencrypt((await resolveSelection(actor, library, selection, 'live', role)).assets);
    case 'reclass':
      return prepareReclass(library, (await resolveSelection(actor, library, selection, 'live', role)).assets, params);
    case 'purge':
      if (params.ghosts) return prepareGhosts(actor, library, selection, params.ghosts, params.expectedCount);
      return preparePurge((await resolveSelection(actor, library, selection, 'trashed', role)).assets, params);
  }
}

async function planRestore(
  actor: Actor,
  library: LibraryContext,
  selection: Selection,
  params: OperationParams,
): Promise<PlannedItem> {
  const { versionId } = params;
  if (!versionId) throw new AppError('invalid_request', 'params.versionId says which version to restore.');
  const { assets } = await resolveSelection(actor, library, selection, 'live', 'admin');
  const [asset] = assets;
  if (!asset || assets.length > 1)
    throw new AppError('invalid_request', 'Give the id of one file to restore a version of.');
  if (params.key !== undefined && params.key !== asset.key) {
    throw new AppError('invalid_request', 'params.key is not the key of this file.');
  }
  const rows = await db().version.findMany({
    where: { assetId: asset.id },
    orderBy: { seq: 'desc' },
    select: { versionId: true, etag: true, isDeleteMarker: true, size: true, storageClass: true, removedAt: true },
  });
  const history: IndexedVersion[] = rows.map(({ removedAt, size, ...row }) => ({
    ...row,
    size: Number(size),
    removed: removedAt !== null,
  }));
  const clashes = asset.state === 'live' ? new Map() : await findPathClashes(library, [asset.path]);
  return planRestoreVersion(asset, history, versionId, clashes.get(asset.path));
}

async function planFolder(actor: Actor, library: LibraryContext, selection: Selection): Promise<PlannedItem> {
  const path = 'paths' in selection && selection.paths.length === 1 ? selection.paths[0] : undefined;
  if (!path?.endsWith('/')) {
    throw new AppError('invalid_request', 'Give one path that ends in "/" to make a folder.');
  }
  requireRole(actor, library.id, [path], 'contributor');
  requireValidPath(path, { rootPrefix: library.rootPrefix, maxSegmentBytes: library.capabilities.maxSegmentBytes });
  // The folder's own name counts too: a file `photos` stands in the way of `photos/`.
  const names = [...foldersAbove(path), path].map((folder) => folder.slice(0, -1));
  const [files, uploads, visible] = await Promise.all([
    db().asset.findMany({ where: { libraryId: library.id, path: { in: names } }, select: { path: true, state: true } }),
    db().upload.findMany({
      where: { libraryId: library.id, path: { in: names }, state: { in: ['reserved', 'uploading', 'completing'] } },
      select: { path: true },
    }),
    isVisible(library.id, path),
  ]);
  const uploadsInTheWay = uploads.map((upload) => upload.path);
  return planCreateFolder(path, toKey(library, path), { visible, filesInTheWay: files, uploadsInTheWay });
}

/** A folder is seen while its marker object or any live file below it exists. */
async function isVisible(libraryId: bigint, path: string): Promise<boolean> {
  const rows = await db().$queryRaw<{ visible: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Folder" WHERE "libraryId" = ${libraryId} AND "path" = ${path} AND "markerVersionId" IS NOT NULL)
      OR EXISTS (SELECT 1 FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" >= ${path} AND "path" < ${prefixEnd(path)}
        AND "state" = 'live') AS visible`;
  return rows[0]?.visible ?? false;
}
