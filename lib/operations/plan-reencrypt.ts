import { type PlannedItem, sortByKey } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

/**
 * Encrypting the current versions of files as the library wants it now, by a copy on top of each. The index does not know how a version is
 * encrypted: each one is asked for when its turn comes, and skipped where it is as wanted.
 */
export function planReencrypt(assets: SelectedAsset[]): PlannedItem[] {
  return sortByKey(
    assets.map(({ key, path, state, versionId, etag, size }): PlannedItem => {
      const item = { key, path, bytes: size, error: null };
      if (state !== 'live') return { ...item, state: 'skipped', step: { kind: 'nothing' } };
      return { ...item, state: 'pending', step: { kind: 'reencrypt', expect: { versionId, etag } } };
    }),
  );
}
