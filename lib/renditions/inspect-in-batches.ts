import { db, type Tx } from '#lib/db.ts';
import { enqueue, enqueueAll } from '#lib/jobs/enqueue.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { jobKeyOf, priorities } from './inspection-jobs.ts';

/** Versions looked at and given to the queue at once. The next batch has a lower priority than their jobs, so it comes when they are done. */
export const inspectionBatch = 500;

/** Jobs that walk a whole library in the order of ids and have what they meet inspected, a batch a job. */
type Walk = 'prepare-renditions' | 'rebuild-renditions';

/**
 * Has a batch inspected and goes on after it.
 * @param last id of the last row that was looked at for this batch, whether or not it is among those to be inspected
 * @param options.again also what was inspected before
 */
export async function inspectBatch(
  walk: Walk,
  library: LibraryContext,
  rows: { path: string; versionId: string; etag: string }[],
  last: bigint,
  options: { again?: true } = {},
): Promise<void> {
  const libraryId = String(library.id);
  await db().$transaction(async (tx) => {
    const jobs = rows.map(({ path, versionId, etag }) => {
      const version = { libraryId, key: toKey(library, path), versionId, etag };
      return { payload: { ...version, ...options }, jobKey: jobKeyOf('inspect', version) };
    });
    await enqueueAll(tx, 'inspect', jobs, { priority: priorities.again });
    await continueAfter(tx, walk, libraryId, last);
  });
}

/** @param after the id of the last row of the batch before; 0 to begin */
export function continueAfter(tx: Tx, walk: Walk, libraryId: string, after: bigint): Promise<void> {
  const payload = { libraryId, after: String(after) };
  return enqueue(tx, walk, payload, { jobKey: `${walk}:${libraryId}`, priority: priorities.again + 1 });
}
