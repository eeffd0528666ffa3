import { AppError } from '#lib/errors.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { carryOverInspection } from './carry-over-inspection.ts';
import { openOriginal } from './fetch-original.ts';
import { findInspected, type InspectedRow, isArchived } from './find-inspected.ts';
import { inFolder } from './job-folder.ts';
import { lookInside } from './look-inside.ts';
import { recordInspection } from './record-inspection.ts';

/**
 * Finds out what the bytes of one version are and makes its thumbnail, in the worker only. What is wrong with the file is written down
 * and ends the job well; a store or database that is away fails it, and it is tried again. Safe to run twice.
 * Archived versions are not read: that would need a thaw, which costs.
 * @throws AppError store_unavailable, database_unavailable
 */
export async function inspectVersion(job: JobPayloads['inspect'], signal: AbortSignal): Promise<void> {
  const found = await findInspected(job);
  if (!found || isArchived(found.row.storageClass) || (found.row.known && !job.again)) return;
  if (!job.again && (await carryOverInspection(found.library, job))) return;
  await inFolder(async (folder) => {
    const inspection = await inspect(found.library, found.row, job, folder, signal);
    if (inspection) await recordInspection(found.library, found.row, job, inspection);
  });
}

async function inspect(
  library: LibraryContext,
  row: InspectedRow,
  { key, versionId }: JobPayloads['inspect'],
  folder: string,
  signal: AbortSignal,
) {
  const original = await openOriginal({ bucket: library.bucket, key, versionId }, signal).catch((error) => {
    // Gone since the job was put: the index hears of it another way.
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (!original) return null;
  try {
    return await lookInside(original, nameOf(row.path), folder, signal);
  } finally {
    original.close();
  }
}
