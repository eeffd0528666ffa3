import { type PlannedItem, sortByKey } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

/**
 * Deleting for ever, what is in the trash only: all versions of a file go, and nothing brings them back.
 * @param stored bytes of all versions that are in the store, by asset id: what is freed
 */
export function planPurge(assets: SelectedAsset[], stored: ReadonlyMap<bigint, number>): PlannedItem[] {
  return sortByKey(
    assets.map(({ id, key, path, state, versionId, etag }): PlannedItem => {
      const item = { key, path, bytes: stored.get(id) ?? 0 };
      if (state === 'trashed') {
        return { ...item, state: 'pending', error: null, step: { kind: 'purge-key', expect: { versionId, etag } } };
      }
      if (state === 'gone') return { ...item, state: 'skipped', error: null, step: { kind: 'nothing' } };
      const detail = 'It is not in the trash. Only what is in the trash can be deleted for ever.';
      return { ...item, state: 'conflict', error: { code: 'wrong_state', detail }, step: { kind: 'nothing' } };
    }),
  );
}
