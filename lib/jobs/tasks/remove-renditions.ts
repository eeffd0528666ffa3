import { removeRenditions } from '#lib/renditions/remove-renditions.ts';
import type { JobPayloads } from '../definitions.ts';

export const run = (payload: JobPayloads['remove-renditions']): Promise<void> => removeRenditions(payload);
