import type { ErrorCode } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { findPathProblem, foldersAbove, nameOf, type PathLimits } from '#lib/libraries/path-rules.ts';
import { chooseFreePath } from '#lib/uploads/name-conflict.ts';
import { filesAbove, isTakenIn, type PathWorld } from '#lib/uploads/plan-reservations.ts';
import type { Placed } from './plan-places.ts';
import type { PlannedItem } from './plan-summary.ts';
import { sortByKey } from './plan-summary.ts';
import type { IfExists } from './schema.ts';
import type { SelectedAsset, SelectedFolderMarker } from './selected.ts';
import type { OperationStep } from './steps.ts';

export type Transfer = {
  move: boolean;
  ifExists: IfExists;
  assets: Placed<SelectedAsset>[];
  folders: Placed<SelectedFolderMarker>[];
};
type Clash = { code: ErrorCode; detail: string };

/**
 * Moving and copying: one item a file, and one for the object of each empty folder. An item's path is where it goes. Names follow
 * the rules of uploads: no path may be an ancestor of another one that has any version. An earlier file of the batch counts for a later one.
 * @param world what lies around the destinations
 */
export function planTransfer(transfer: Transfer, world: PathWorld, limits: PathLimits): PlannedItem[] {
  const { move, ifExists } = transfer;
  const batchFiles = new Set<string>();
  const batchFolders = new Set<string>();
  const isTaken = (path: string) => batchFiles.has(path) || batchFolders.has(path) || isTakenIn(world, path);

  const folders = transfer.folders.map((placed) => planFolder(placed));
  return sortByKey([...folders, ...transfer.assets.map((placed) => planFile(placed))]);

  function planFolder({ item, to }: Placed<SelectedFolderMarker>): PlannedItem {
    const planned = (state: PlannedItem['state'], error: PlannedItem['error'] = null): PlannedItem => ({
      key: toKey(limits, to),
      path: to,
      fromPath: item.path,
      bytes: 0,
      state,
      error,
      step:
        state === 'pending'
          ? { kind: 'move-folder-marker', from: item.path, keep: !move }
          : ({ kind: 'nothing' } satisfies OperationStep),
    });
    if (to === item.path) return planned('skipped');
    const problem = findPathProblem(to, limits);
    if (problem) return planned('conflict', { code: 'invalid_path', detail: problem });
    const above = [...foldersAbove(to), to].map((folder) => folder.slice(0, -1));
    const file = above.find((path) => world.filesAbove.has(path) || world.assets.has(path));
    if (file !== undefined) return planned('conflict', underFile(file));
    for (const path of above) batchFolders.add(path);
    return planned('pending');
  }

  function planFile({ item, to }: Placed<SelectedAsset>): PlannedItem {
    const there = world.assets.get(to);
    const nothing: OperationStep = {
      kind: 'nothing',
      clash: { source: String(item.id), existing: there?.state === 'live' ? there.id : null },
    };
    const planned = (
      state: PlannedItem['state'],
      error: PlannedItem['error'],
      step: OperationStep = nothing,
      path = to,
    ): PlannedItem => ({
      key: toKey(limits, path),
      path,
      fromPath: item.path,
      bytes: item.size,
      state,
      error,
      step,
      ...(state === 'pending' && archiveClasses.has(item.storageClass) ? { archived: true } : {}),
    });
    if (item.state === 'gone')
      return planned('conflict', { code: 'not_found', detail: 'It is no longer in the store.' });
    if (item.state === 'trashed') {
      return planned('conflict', { code: 'wrong_state', detail: 'It is in the trash. Restore it first.' });
    }
    if (move && to === item.path) return planned('skipped', null);
    const problem = findPathProblem(to, limits);
    if (problem) return planned('conflict', { code: 'invalid_path', detail: problem });
    const above = filesAbove(to).find((path) => batchFiles.has(path) || world.filesAbove.has(path));
    if (above !== undefined) return planned('conflict', underFile(above));

    let path = to;
    let over: { versionId: string; etag: string | null } | null = null;
    const clash = findClash(item, to);
    if (clash && ifExists === 'rename') {
      const free = chooseFreePath(to, isTaken, limits);
      if (free === null) return planned('conflict', clash);
      path = free;
    } else if (clash?.code === 'path_exists' && ifExists === 'skip') {
      return planned('skipped', null);
    } else if (
      clash?.code === 'path_exists' &&
      ifExists === 'replace' &&
      !batchFiles.has(to) &&
      to !== item.path &&
      there
    ) {
      over = { versionId: there.versionId, etag: there.etag };
    } else if (clash) {
      return planned('conflict', clash);
    }
    batchFiles.add(path);
    for (const folder of filesAbove(path)) batchFolders.add(folder);
    const source = { versionId: item.versionId, etag: item.etag };
    return planned('pending', null, { kind: 'copy-to', from: item.path, source, over, move }, path);
  }

  function findClash(item: SelectedAsset, to: string): Clash | null {
    if (batchFolders.has(to) || world.foldersAt.has(to)) {
      return { code: 'path_is_folder', detail: `A folder named ${nameOf(to)} is there. Choose another name.` };
    }
    if (batchFiles.has(to)) {
      return { code: 'path_exists', detail: `Another file of the selection is named ${nameOf(to)} as well.` };
    }
    if (world.openUploads.has(to)) {
      return { code: 'path_reserved', detail: `A file named ${nameOf(to)} is being uploaded there.` };
    }
    if (to === item.path || world.assets.get(to)?.state === 'live') {
      return { code: 'path_exists', detail: `A file named ${nameOf(to)} is there already.` };
    }
    return null;
  }
}

/** Classes that must be thawed before they can be copied (s3-facts 3.10). */
const archiveClasses = new Set(['GLACIER', 'DEEP_ARCHIVE']);

function underFile(path: string): Clash {
  return { code: 'path_under_file', detail: `${nameOf(path)} is a file there, so nothing can lie below it.` };
}
