import { copyUpOf } from './plan-restore-version.ts';
import { inKeyOrder, type PlannedItem } from './plan-summary.ts';
import type { PathClash } from './plan-untrash.ts';
import type { SeenEntry, SeenVersion } from './steps.ts';

/**
 * Bytes as the index knows them; `crc64nvme` is the full-object checksum in hex, stable under copy. `copyOf`: the version of the same
 * key that a restore of ours copied it from.
 */
export type KnownBytes = SeenVersion & { size: number; crc64nvme: string | null; copyOf: string | null };

/** One file now and at the moment. */
export type AssetThenAndNow = {
  key: string;
  path: string;
  state: 'live' | 'trashed' | 'gone';
  /** The newest version that has bytes in the store, and the newest entry of all, which may be a marker above it. */
  newest: KnownBytes | null;
  top: SeenEntry | null;
  /** Markers above `newest`, by id. */
  markers: string[];
  /** The version of the moment; null when the file was not there then. `removedAt`: its bytes are gone. */
  wanted: (KnownBytes & { storageClass: string | null; removedAt: Date | null }) | null;
};

/**
 * Makes files what they were: an older version is copied on top, a deleted file loses its markers, a file that was not there gets one. What
 * is as it was, in bytes, is left alone. Every item expects what the index says now, so a later write is a conflict and not undone.
 */
export function planRestoreToTime(assets: AssetThenAndNow[], clashes: ReadonlyMap<string, PathClash>): PlannedItem[] {
  return inKeyOrder(assets.map((asset) => planAsset(asset, clashes.get(asset.path))));
}

function planAsset(asset: AssetThenAndNow, clash: PathClash | undefined): PlannedItem {
  const { key, path, state, newest, top, wanted } = asset;
  const nothing = { key, path, bytes: wanted?.size ?? newest?.size ?? 0, step: { kind: 'nothing' } as const };
  const unchanged: PlannedItem = { ...nothing, state: 'skipped', error: null };
  if (!wanted) {
    if (state !== 'live' || !newest) return unchanged;
    return { ...nothing, state: 'pending', error: null, step: { kind: 'put-marker', expect: seen(newest) } };
  }
  if (wanted.removedAt) {
    const day = wanted.removedAt.toISOString().slice(0, 10);
    const detail = `The bytes of that moment are gone from the store since ${day}, so it cannot be made what it was.`;
    return { ...nothing, state: 'conflict', error: { code: 'not_found', detail } };
  }
  const asItWas = newest !== null && sameBytes(newest, wanted);
  if (state === 'live' && asItWas) return unchanged;
  if (clash) return { ...nothing, state: 'conflict', error: clash };
  if (asItWas && asset.markers.length > 0) {
    const step = { kind: 'remove-markers', back: seen(newest), markers: asset.markers } as const;
    return { ...nothing, state: 'pending', error: null, step };
  }
  if (!top)
    return { ...nothing, state: 'conflict', error: { code: 'not_found', detail: 'It is no longer in the store.' } };
  return {
    ...nothing,
    state: 'pending',
    error: null,
    ...copyUpOf(seen(wanted), top, wanted.storageClass),
  };
}

/** The same version or a copy of it, or the same size and checksum: never ETags, which depend on parts and encryption. */
function sameBytes(a: KnownBytes, b: KnownBytes): boolean {
  if (a.versionId === b.versionId && a.etag === b.etag) return true;
  const origin = a.copyOf ?? a.versionId;
  // A `null` version changes its content under the same id.
  if (origin !== 'null' && origin === (b.copyOf ?? b.versionId)) return true;
  return a.crc64nvme !== null && a.crc64nvme === b.crc64nvme && a.size === b.size;
}

const seen = ({ versionId, etag }: SeenVersion): SeenVersion => ({ versionId, etag });
