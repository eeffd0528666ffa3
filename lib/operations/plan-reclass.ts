import { copyUpOf } from './plan-restore-version.ts';
import { type PlannedItem, sortByKey } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

/**
 * Bringing the current versions of files into another storage class, by a copy on top of each: S3 changes the class of a version only by
 * lifecycle. The version beneath stays in its class. What lies in the class already is left alone.
 */
export function planReclass(assets: SelectedAsset[], storageClass: string): PlannedItem[] {
  return sortByKey(
    assets.map(({ key, path, state, versionId, etag, size, storageClass: from }): PlannedItem => {
      const item = { key, path, bytes: size, error: null };
      if (state !== 'live' || from === storageClass) return { ...item, state: 'skipped', step: { kind: 'nothing' } };
      const newest = { versionId, etag };
      const { step, archived } = copyUpOf(newest, { ...newest, isDeleteMarker: false }, from);
      return { ...item, archived, state: 'pending', step: { ...step, storageClass } };
    }),
  );
}
