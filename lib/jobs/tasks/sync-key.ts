import { applyEvent } from '#lib/follow/apply-event.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../worker.ts';

export async function run(payload: JobPayloads['sync-key'], helpers: TaskHelpers): Promise<void> {
  await applyEvent(payload, helpers.signal);
}
