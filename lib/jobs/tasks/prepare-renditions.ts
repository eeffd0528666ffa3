import { prepareBatch } from '#lib/renditions/prepare-renditions.ts';
import type { JobPayloads } from '../definitions.ts';

export const run = (payload: JobPayloads['prepare-renditions']): Promise<void> => prepareBatch(payload);
