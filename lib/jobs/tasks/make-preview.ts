import { makePreview } from '#lib/renditions/make-preview.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export const run = (payload: JobPayloads['make-preview'], { signal }: TaskHelpers): Promise<void> =>
  makePreview(payload, signal);
