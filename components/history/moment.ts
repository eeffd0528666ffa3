import { formatPlural } from '#components/ui/format.ts';
import { formatDate } from '#components/ui/format-time.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import type { CountsAt } from '#lib/history/schema.ts';

/** Why nothing can be done there but look, download and restore; said wherever a key or a drag tries it all the same. */
export const pastReason = 'The past cannot be changed. Go back to now for that.';

/** A moment out of an address, to the millisecond and in UTC; null for what is none, and for one ahead. */
export function readMoment(text: string): string | null {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  // A clock that is a little behind the server's is no other time.
  return Number.isNaN(time) || time > Date.now() + 60_000 ? null : new Date(time).toISOString();
}

export type PastFlag = { icon: 'gone' | 'deleted' | 'changed'; long: string; short: string };

/**
 * What became of a version since then, for the flag on its picture; null: it is still what is there.
 * @param zone of the days, by default that of this computer
 */
export function flagOf({ since }: Pick<AssetEntry, 'since'>, now: Date = new Date(), zone?: string): PastFlag | null {
  if (!since) return null;
  if (since.removedAt !== null) {
    const day = formatDate(since.removedAt, now, zone);
    return { icon: 'gone', long: `Removed ${day}`, short: 'Removed' };
  }
  if (since.deleted) return { icon: 'deleted', long: 'Deleted since', short: 'Deleted' };
  if (since.versions === 0) return null;
  const count = since.versions.toLocaleString('en');
  return {
    icon: 'changed',
    long: `${count} ${since.versions === 1 ? 'version' : 'versions'} since`,
    short: `${count} since`,
  };
}

type Version = { isDeleteMarker: boolean; removedAt: string | null; validFrom: string; validTo: string | null };

/** The version of a file that stood there at a moment, as `versionAt` (lib/history) finds it. @param versions the newest first */
export function findVersionAt<V extends Version>(versions: readonly V[], at: string): V | null {
  const time = Date.parse(at);
  const found = versions.find(
    (version) =>
      Date.parse(version.validFrom) <= time &&
      (version.validTo === null || Date.parse(version.validTo) > time) &&
      !(version.isDeleteMarker && version.removedAt !== null),
  );
  return found && !found.isDeleteMarker ? found : null;
}

/** "77 files differ from now"; null while it is being counted. */
export function differWords(counts: CountsAt | null): string | null {
  if (!counts) return null;
  if (!counts.differ) return 'Too much lies here to count what differs';
  const { changed, deleted, made } = counts.differ;
  const files = changed + deleted + made;
  return files === 0
    ? 'Nothing differs from now'
    : `${formatPlural(files, 'file')} ${files === 1 ? 'differs' : 'differ'} from now`;
}
