import { rebuildBatch } from '#lib/renditions/rebuild-renditions.ts';
import type { JobPayloads } from '../definitions.ts';

export const run = (payload: JobPayloads['rebuild-renditions']): Promise<void> => rebuildBatch(payload);
