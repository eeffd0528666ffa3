import type { Tx } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';

/** Has the worker measure a library; asked twice while it waits, it is measured once. */
export async function requestMeasure(tx: Pick<Tx, '$executeRaw'>, libraryId: bigint): Promise<void> {
  await enqueue(tx, 'measure-usage', { libraryId: String(libraryId) }, { jobKey: `measure-usage:${libraryId}` });
}
