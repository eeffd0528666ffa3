import { repairDrift } from '#lib/indexing/drift/repair-drift.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['repair-drift'], helpers: TaskHelpers): Promise<void> {
  await repairDrift(BigInt(payload.runId), helpers.signal);
}
