import type { Archive } from '#components/organise/zip/zip-entries.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';

/** A ZIP of exactly these versions, without asking what is there now: the past holds what the list shows. Names are paths below `folder`. */
export function archiveOf(assets: readonly AssetEntry[], folder: string): Archive {
  const there = assets.filter(({ since }) => !since?.removedAt);
  const gone = assets.filter(({ since }) => since?.removedAt);
  return {
    name: folder.replace(/\/$/, '').split('/').pop() || 'files',
    entries: there.map(({ id, versionId, path, size, modifiedAt }) => ({
      id,
      versionId,
      name: path.startsWith(folder) ? path.slice(folder.length) : path,
      size,
      modifiedAt,
    })),
    leftOut: gone.map(({ path }) => ({ path, reason: 'Its bytes are gone from the store.' })),
    totals: { files: there.length, bytes: there.reduce((sum, { size }) => sum + size, 0) },
    nextCursor: null,
  };
}
