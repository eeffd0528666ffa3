import { safeNumber } from '#lib/assets/safe-number.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { headObject } from '#lib/storage/objects.ts';
import type { HeadedObject, ListedVersion } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { refOf, type UploadRow } from './own-uploads.ts';
import { clockMarginMs } from './session-times.ts';
import { uploadIdEntry } from './signed-metadata.ts';

/** A version that carries the id of an upload, and what the store lists above it. */
export type Arrived = { head: HeadedObject; above: ListedVersion[] };

/** Heads sent for one key at most: who has more versions of one size than this looks at the newest. */
const maxHeads = 100;

/**
 * The version that an upload made, found by the id in its metadata; null when none is there.
 * Usually the latest. It is not when somebody wrote since, or when a forged time put it beneath (s3-facts 7c): then versions of this
 * session's time come first, and after them those of the right size.
 */
export async function findArrived(library: LibraryContext, upload: UploadRow): Promise<Arrived | null> {
  const ref = refOf(library, upload);
  const latest = await headObject(ref);
  if (latest && isOf(latest, upload)) return { head: latest, above: [] };
  const listed = await listKeyVersions(ref);
  for (const candidate of candidates(listed, upload).slice(0, maxHeads)) {
    if (candidate.versionId === latest?.versionId) continue;
    const head = await headObject({ ...ref, versionId: candidate.versionId });
    if (head && isOf(head, upload)) {
      return { head, above: listed.slice(0, listed.indexOf(candidate)) };
    }
  }
  return null;
}

export const isOf = (head: Pick<HeadedObject, 'metadata'>, upload: Pick<UploadRow, 'id'>) =>
  head.metadata[uploadIdEntry] === upload.id;

function candidates(listed: ListedVersion[], upload: UploadRow): ListedVersion[] {
  const contents = listed.filter((version) => !version.isDeleteMarker);
  const since = upload.createdAt.getTime() - clockMarginMs;
  const recent = contents.filter((version) => version.modifiedAt.getTime() >= since);
  const size = safeNumber(upload.size);
  const sized = contents.filter((version) => version.modifiedAt.getTime() < since && version.size === size);
  return [...recent, ...sized];
}
