import { toKey } from '#lib/libraries/layout.ts';
import type { PlannedItem } from './plan-summary.ts';

/** A version that is not the newest of its file. `validTo`: when the next one took its place. */
export type OldVersion = { path: string; versionId: string; etag: string | null; size: number; validTo: Date | null };

const DAY = 24 * 60 * 60_000;

/**
 * Which old versions go: those that have been old for so many days, beside the newest old ones of each file.
 * @param versions of live files, by path, the newest first
 */
export function planOldVersions(
  library: { rootPrefix: string },
  versions: OldVersion[],
  { olderThanDays, keepNewest }: { olderThanDays: number; keepNewest: number },
  now: number,
): PlannedItem[] {
  const items: PlannedItem[] = [];
  for (const [path, old] of Map.groupBy(versions, (version) => version.path)) {
    const going = old
      .slice(keepNewest)
      .filter(({ validTo }) => validTo !== null && validTo.getTime() <= now - olderThanDays * DAY);
    if (going.length === 0) continue;
    items.push({
      key: toKey(library, path),
      path,
      bytes: going.reduce((sum, { size }) => sum + size, 0),
      state: 'pending',
      error: null,
      step: { kind: 'remove-versions', versions: going.map(({ versionId, etag }) => ({ versionId, etag })) },
    });
  }
  return items;
}
