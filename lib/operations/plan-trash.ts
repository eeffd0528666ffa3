import type { PlannedItem } from './plan-summary.ts';
import { inKeyOrder } from './plan-summary.ts';
import type { SelectedAsset, SelectedFolderMarker } from './selected.ts';

/** Moving to the trash: one delete marker a live file, and the marker objects of the folders that were chosen. */
export function planTrash(assets: SelectedAsset[], folders: SelectedFolderMarker[]): PlannedItem[] {
  return inKeyOrder([...folders.map(planFolder), ...assets.map(planAsset)]);
}

function planFolder({ key, path }: SelectedFolderMarker): PlannedItem {
  return {
    key,
    path,
    bytes: 0,
    state: 'pending',
    error: null,
    step: { kind: 'remove-folder-marker', onlyIfEmpty: false },
  };
}

function planAsset(asset: SelectedAsset): PlannedItem {
  const { key, path, size: bytes, state, versionId, etag } = asset;
  if (state === 'live') {
    return {
      key,
      path,
      bytes,
      state: 'pending',
      error: null,
      step: { kind: 'put-marker', expect: { versionId, etag } },
    };
  }
  const nothing = { key, path, bytes, step: { kind: 'nothing' } as const };
  return state === 'trashed'
    ? { ...nothing, state: 'skipped', error: null }
    : { ...nothing, state: 'conflict', error: { code: 'not_found', detail: 'It is no longer in the store.' } };
}
