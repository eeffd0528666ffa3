import { startIndexRun } from '#lib/indexing/reconcile/start-index-run.ts';
import type { JobPayloads } from '../definitions.ts';

export async function run(payload: JobPayloads['index-library']): Promise<void> {
  await startIndexRun(BigInt(payload.libraryId));
}
