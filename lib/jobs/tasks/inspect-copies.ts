import { inspectCopies } from '#lib/renditions/inspect-copies.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export const run = (payload: JobPayloads['inspect-copies'], { signal }: TaskHelpers): Promise<void> =>
  inspectCopies(payload, signal);
