import { AppError, notFound } from '#lib/errors.ts';
import type { PlannedItem } from './plan-summary.ts';
import type { PathClash } from './plan-untrash.ts';
import type { SelectedAsset } from './selected.ts';
import type { SeenEntry, SeenVersion, StepOf } from './steps.ts';

/** A version or marker as the index knows it. */
export type IndexedVersion = {
  versionId: string;
  etag: string | null;
  isDeleteMarker: boolean;
  size: number;
  storageClass: string | null;
  /** Seen to be gone from the store. */
  removed: boolean;
};

/** Classes that must be thawed before they can be copied (s3-facts 3.10). The store decides: some answer at once. */
const archiveClasses = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Making an older version current again by a copy of it on top.
 * @param history of the asset, newest first
 * @throws AppError not_found when the asset has no such version, invalid_request when it is a delete marker
 */
export function planRestoreVersion(
  asset: SelectedAsset,
  history: IndexedVersion[],
  versionId: string,
  clash: PathClash | undefined,
): PlannedItem {
  // A `null` version that was overwritten is there twice: removed rows come last.
  const matches = history.filter((version) => version.versionId === versionId);
  const source = matches.find((version) => !version.removed) ?? matches[0];
  if (!source) throw notFound('The version');
  if (source.isDeleteMarker) {
    throw new AppError(
      'invalid_request',
      'This is the moment of a deletion, not a version. Restore the version beneath it.',
    );
  }
  const { key, path } = asset;
  const top = history.find((version) => !version.removed);
  const nothing = { key, path, bytes: source.size, step: { kind: 'nothing' } as const };
  if (source.removed || !top) {
    const detail = 'The bytes of this version are gone from the store, so it cannot be restored.';
    return { ...nothing, state: 'conflict', error: { code: 'not_found', detail } };
  }
  if (top.versionId === source.versionId) return { ...nothing, state: 'skipped', error: null };
  if (clash) return { ...nothing, state: 'conflict', error: clash };
  return {
    key,
    path,
    bytes: source.size,
    state: 'pending',
    error: null,
    ...copyUpOf(
      { versionId: source.versionId, etag: source.etag },
      { versionId: top.versionId, etag: top.etag, isDeleteMarker: top.isDeleteMarker },
      source.storageClass,
    ),
  };
}

/** The step that copies a version on top, which knows when its source is archived. */
export function copyUpOf(
  source: SeenVersion,
  expect: SeenEntry,
  storageClass: string | null,
): { step: StepOf<'copy-up'>; archived: boolean } {
  const archived = storageClass !== null && archiveClasses.has(storageClass) ? { archived: storageClass } : {};
  return { archived: 'archived' in archived, step: { kind: 'copy-up', source, expect, ...archived } };
}
