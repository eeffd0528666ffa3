import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { requireLibrary, requireLibraryById } from '#lib/libraries/require-library.ts';
import { continueAfter, inspectBatch, inspectionBatch } from './inspect-in-batches.ts';

/**
 * Has every version of a library inspected again and its pictures made anew, oldest rows first; what is shown stays until then.
 * @returns how many versions that are
 * @throws AppError not_found, forbidden
 */
export async function rebuildRenditions(actor: Actor, input: { library: string }): Promise<{ versions: number }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { _sum } = await db().asset.aggregate({ where: { libraryId: library.id }, _sum: { versionCount: true } });
  const versions = _sum.versionCount ?? 0;
  await db().$transaction(async (tx) => {
    await continueAfter(tx, 'rebuild-renditions', String(library.id), 0n);
    await recordAudit(tx, actor, { type: 'renditions.rebuilt', versions }, { libraryId: library.id });
  });
  return { versions };
}

/** One batch of it, as a job. */
export async function rebuildBatch({ libraryId, after }: JobPayloads['rebuild-renditions']): Promise<void> {
  const library = await requireLibraryById(BigInt(libraryId));
  const rows = await db().$queryRaw<{ id: bigint; path: string; versionId: string; etag: string }[]>`
    SELECT v."id", a."path", v."versionId", v."etag" FROM "Version" v JOIN "Asset" a ON a."id" = v."assetId"
    WHERE v."id" > ${BigInt(after)} AND a."libraryId" = ${library.id} AND v."removedAt" IS NULL AND NOT v."isDeleteMarker"
      AND v."etag" IS NOT NULL
    ORDER BY v."id" LIMIT ${inspectionBatch}`;
  const last = rows.at(-1);
  if (last) await inspectBatch('rebuild-renditions', library, rows, last.id, { again: true });
}
