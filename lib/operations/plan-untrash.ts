import type { PlannedItem } from './plan-summary.ts';
import { inKeyOrder } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

/** What stands in the way of bringing a path back: a live file where one of its folders would be, or live files below it. */
export type PathClash = { code: 'path_under_file' | 'path_is_folder'; detail: string };

/** Bringing files back from the trash: the delete markers above the newest version go. */
export function planUntrash(assets: SelectedAsset[], clashes: ReadonlyMap<string, PathClash>): PlannedItem[] {
  return inKeyOrder(assets.map((asset) => planAsset(asset, clashes.get(asset.path))));
}

function planAsset(asset: SelectedAsset, clash: PathClash | undefined): PlannedItem {
  const { key, path, size: bytes, state, versionId, etag } = asset;
  const nothing = { key, path, bytes, step: { kind: 'nothing' } as const };
  if (state === 'live') return { ...nothing, state: 'skipped', error: null };
  if (state === 'gone') {
    const detail = 'No version of it is left in the store, so nothing can be brought back.';
    return { ...nothing, state: 'conflict', error: { code: 'not_found', detail } };
  }
  if (clash) return { ...nothing, state: 'conflict', error: clash };
  const step = { kind: 'remove-markers', back: { versionId, etag }, markers: null } as const;
  return { key, path, bytes, state: 'pending', error: null, step };
}
