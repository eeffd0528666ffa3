import { prepareRebuild } from '#lib/indexing/rebuild-index.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['rebuild-index'], helpers: TaskHelpers): Promise<void> {
  await prepareRebuild(BigInt(payload.runId), helpers.signal);
}
