import type { ListedVersion, ObjectRef } from '#lib/storage/types.ts';
import type { SeenVersion } from '../steps.ts';
import { isSameContent } from './same-content.ts';
import { isSeen } from './step-context.ts';

/** Milliseconds within which a request whose answer was lost is repeated, with a store's clock that runs behind ours. */
const repeatedWithin = 10 * 60_000;

/**
 * What a copy of ours came to lie on. Where the answer of a first try was lost the request was repeated, and copies of the same bytes lie
 * between: our own success, answered twice, is no stranger's version.
 * @param beneath everything under the copy, newest first
 * @param expected where the looking ends, since it is what should lie there
 */
export async function skipOwnCopies(
  ref: ObjectRef,
  beneath: ListedVersion[],
  made: string,
  expected: SeenVersion | undefined,
): Promise<ListedVersion | undefined> {
  for (const entry of beneath) {
    const isOld = entry.modifiedAt.getTime() < Date.now() - repeatedWithin;
    if (entry.isDeleteMarker || isOld || (expected && isSeen(entry, expected))) return entry;
    if (!(await isSameContent({ ...ref, versionId: entry.versionId }, { ...ref, versionId: made }))) return entry;
  }
  return undefined;
}
