import { measureUsage } from '#lib/cost/measure-usage.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import type { JobPayloads } from '../definitions.ts';

export async function run(payload: JobPayloads['measure-usage']): Promise<void> {
  await measureUsage(await requireLibraryById(BigInt(payload.libraryId)));
}
