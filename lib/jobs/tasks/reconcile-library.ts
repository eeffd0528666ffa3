import { db } from '#lib/db.ts';
import { enqueueIndexRun } from '#lib/indexing/reconcile/start-index-run.ts';
import { workOnRun } from '#lib/indexing/reconcile/work-on-run.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['reconcile-library'], helpers: TaskHelpers): Promise<void> {
  const runId = BigInt(payload.runId);
  try {
    await workOnRun(runId, { signal: helpers.signal });
  } catch (error) {
    if (!helpers.signal.aborted) throw error;
    // The process stops: what is left is another one's.
    await enqueueIndexRun(db(), runId);
  }
}
