import type { ListedVersion } from './types.ts';

/** VersityGW's version ids: ULIDs, which sort by their time of making. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Puts a listing of VersityGW in order: it writes all markers of a page before all versions, and gives versions whole seconds but
 * markers milliseconds. So: keys in byte order, the latest first, then newest first by id, or by time where an id says nothing.
 * Every other store known keeps the order of S3 in its answer, and is believed.
 */
export function orderGrouped(versions: ListedVersion[]): ListedVersion[] {
  return versions.toSorted(
    (a, b) =>
      Buffer.from(a.key).compare(Buffer.from(b.key)) ||
      Number(b.isLatest) - Number(a.isLatest) ||
      (ULID.test(a.versionId) && ULID.test(b.versionId)
        ? Number(b.versionId > a.versionId) - Number(b.versionId < a.versionId)
        : b.modifiedAt.getTime() - a.modifiedAt.getTime()),
  );
}
