import { compareKeys } from '#lib/storage/key-order.ts';
import type { ListedKey } from '#lib/storage/list-version-keys.ts';
import { type DriftCause, findDriftCause } from './drift-cause.ts';
import { describeListed, parseFacts } from './version-facts.ts';

/** What the index holds under one path. */
export type KnownKey = {
  path: string;
  /** The versions that are there, newest first (version-facts.ts); "" for none. */
  facts: string;
  /** State, size and version that the listing of a folder shows; null where there is no asset, as for a mere folder. */
  shown: { state: 'live' | 'trashed' | 'gone'; size: number; versionId: string } | null;
  /** Version of the folder's marker object, for a path that ends in "/". */
  marker: string | null;
  appliedTicket: bigint;
};

export type Differing = { path: string; listed: ListedKey; cause: DriftCause };
export type MergeJoin = {
  /** Unknown to the index: recorded in bulk. */
  added: { path: string; listed: ListedKey }[];
  /** Known, and different. */
  differing: Differing[];
  /** Known, and not listed: `HEAD` decides, since absence in a listing proves nothing. */
  absent: KnownKey[];
  /** Keys that agree, or that the index looked at after the listing began. */
  same: number;
};

/**
 * Compares one window of a listing with the same window of the index. Both are sorted by path in byte order and cover the same range, so
 * that each side is read once.
 * @param listed paths with their listing; a store that lists out of order is sorted by the caller
 * @param ticket taken before the listing began: what the index learned later is newer than what was listed
 */
export function planMergeJoin(
  listed: { path: string; listed: ListedKey }[],
  known: KnownKey[],
  ticket: bigint,
): MergeJoin {
  const plan: MergeJoin = { added: [], differing: [], absent: [], same: 0 };
  let [left, right] = [0, 0];
  while (left < listed.length || right < known.length) {
    const [here, there] = [listed[left], known[right]];
    const order = !here ? 1 : !there ? -1 : compareKeys(here.path, there.path);
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
    if (here && order < 0) plan.added.push(here);
    else if (there && there.appliedTicket > ticket) plan.same += 1;
    else if (there && order > 0) {
      if (there.facts === '' && there.marker === null && isConsistent(there, [])) plan.same += 1;
      else plan.absent.push(there);
    } else if (here && there) {
      const cause = findDifference(here.path, here.listed, there);
      if (cause) plan.differing.push({ ...here, cause });
      else plan.same += 1;
    }
  }
  return plan;
}

/** What differs between the index and a look at one key of the store; null when they agree. */
export function findDifference(path: string, listed: Pick<ListedKey, 'versions'>, known: KnownKey): DriftCause | null {
  const { versions } = listed;
  if (path.endsWith('/')) {
    const top = versions[0];
    const marker = top && !top.isDeleteMarker ? top.versionId : null;
    if (marker !== known.marker) return marker === null ? 'removed' : 'added';
    // Most folder markers are empty and no assets; one with bytes is both.
    if (known.shown === null && !versions.some((version) => version.size > 0)) return null;
  }
  const facts = describeListed(versions);
  if (facts !== known.facts) return findDriftCause(parseFacts(known.facts), parseFacts(facts)) ?? 'details-changed';
  return isConsistent(known, versions) ? null : 'details-changed';
}

/** Whether the columns that listings read follow from the versions. */
function isConsistent({ shown }: KnownKey, versions: ListedKey['versions']): boolean {
  if (!shown) return versions.length === 0;
  const content = versions.find((version) => !version.isDeleteMarker);
  if (!content) return shown.state === 'gone';
  const state = versions[0]?.isDeleteMarker ? 'trashed' : 'live';
  return shown.state === state && shown.size === content.size && shown.versionId === content.versionId;
}
