import { inspectVersion } from '#lib/renditions/inspect-version.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export const run = (payload: JobPayloads['inspect'], { signal }: TaskHelpers): Promise<void> =>
  inspectVersion(payload, signal);
