import { sweepUploads } from '#lib/uploads/sweep-uploads.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(_payload: JobPayloads['sweep-uploads'], helpers: TaskHelpers): Promise<void> {
  await sweepUploads(helpers.signal);
}
