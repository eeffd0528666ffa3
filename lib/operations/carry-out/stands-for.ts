import { db } from '#lib/db.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { SeenVersion } from '../steps.ts';
import { isSeen, type StepContext } from './step-context.ts';

/** Undos of undos that are followed. */
const longest = 50;

/**
 * Whether an entry is the version that was seen, or the copy of it that an undo put on top. Undoing the newest change makes such a copy,
 * and the change before that must not take it for somebody's new version.
 * @param key of the entry
 */
export async function standsFor(
  { library }: StepContext,
  key: string,
  entry: ListedVersion | undefined,
  seen: SeenVersion,
): Promise<boolean> {
  if (isSeen(entry, seen)) return true;
  let versionId = entry?.isDeleteMarker ? undefined : entry?.versionId;
  for (let hops = 0; versionId !== undefined && hops < longest; hops++) {
    const [copy] = await db().$queryRaw<{ from: string }[]>`
      SELECT i."outcome"->>'from' AS "from" FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
      WHERE i."key" = ${key} AND i."versionId" = ${versionId} AND i."outcome"->>'kind' = 'copied-up'
        AND o."libraryId" = ${library.id} AND (o."undoOfId" IS NOT NULL OR o."undoOfUploadId" IS NOT NULL) LIMIT 1`;
    if (copy?.from === seen.versionId) return true;
    versionId = copy?.from;
  }
  return false;
}
