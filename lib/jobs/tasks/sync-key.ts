import { applyEvent } from '#lib/follow/apply-event.ts';
import type { JobPayloads } from '../definitions.ts';

export async function run(payload: JobPayloads['sync-key']): Promise<void> {
  await applyEvent(payload);
}
