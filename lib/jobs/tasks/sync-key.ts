import { applyEvents } from '#lib/follow/apply-events.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['sync-key'], helpers: TaskHelpers): Promise<void> {
  await applyEvents(payload, helpers.jobId, helpers.signal);
}
