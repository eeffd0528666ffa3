import { indexLibrary } from '#lib/indexing/index-library.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../worker.ts';

export async function run(payload: JobPayloads['index-library'], helpers: TaskHelpers): Promise<void> {
  await indexLibrary(BigInt(payload.libraryId), helpers.signal);
}
