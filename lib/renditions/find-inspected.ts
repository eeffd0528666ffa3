import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { kept } from '#lib/kept.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';

/** Milliseconds. */
const keptMs = 1_000;

export type InspectedRow = {
  assetId: bigint;
  path: string;
  size: bigint;
  storageClass: string | null;
  /** Whether these very bytes were inspected before. */
  known: boolean;
};

/** Bytes in these classes cannot be read before a thaw (S3 storage classes). */
export const archivedClasses = ['GLACIER', 'DEEP_ARCHIVE'];
export const isArchived = (storageClass: string | null): boolean =>
  storageClass !== null && archivedClasses.includes(storageClass);

/** The version that a job is about, while the index has it; null when it is gone, or holds other bytes by now. */
export async function findInspected(
  job: InspectedVersion,
): Promise<{ library: LibraryContext; row: InspectedRow } | null> {
  const id = BigInt(job.libraryId);
  const library = await findInspectedLibrary(id);
  const path = library && toPath(library, job.key);
  if (!library || path === null) return null;
  const rows = await db().$queryRaw<InspectedRow[]>`
    SELECT a."id" AS "assetId", a."path", v."size", v."storageClass", m."etag" IS NOT NULL AS "known"
    FROM "Library" l JOIN "Asset" a ON a."libraryId" = l."id"
    JOIN "Version" v ON v."assetId" = a."id" AND v."versionId" = ${job.versionId} AND v."removedAt" IS NULL
      AND NOT v."isDeleteMarker" AND v."etag" = ${job.etag}
    LEFT JOIN "MediaInfo" m ON m."libraryId" = a."libraryId" AND m."key" = ${job.key}
      AND m."versionId" = v."versionId" AND m."etag" = v."etag"
    WHERE l."id" = ${id} AND a."path" = ${path}`;
  const row = rows[0];
  return row ? { library, row } : null;
}

/** The library of a job; null when it is gone. Asked for with every file; one that was removed meanwhile is met by the statement above. */
export function findInspectedLibrary(id: bigint): Promise<LibraryContext | null> {
  return kept(`inspected ${id}`, keptMs, async () => {
    try {
      return await requireLibraryById(id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    }
  });
}
