import { hasRole, roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { PreparedUndo } from './prepare-undo.ts';
import type { OperationStep } from './steps.ts';
import { effectiveUndo } from './undoable.ts';

type Row = {
  userId: bigint;
  key: string;
  path: string;
  size: bigint;
  state: string;
  versionId: string | null;
  etag: string | null;
  ifExists: string;
  expectedVersionId: string | null;
  expectedEtag: string | null;
};

/**
 * What undoing an upload would do: the version that it replaced comes back on top; a new file goes to the trash. Nothing is destroyed.
 * Own uploads ask for a contributor, those of others for an admin.
 * @throws AppError not_found, forbidden, wrong_state when it was never finished or is undone already
 */
export async function prepareUploadUndo(
  tx: Tx,
  actor: Actor,
  library: LibraryContext,
  uploadId: string,
): Promise<PreparedUndo> {
  const [upload] = await tx.$queryRaw<Row[]>`
    SELECT "userId", "key", "path", "size", "state"::text AS "state", "versionId", "etag", "ifExists"::text AS "ifExists",
      "expectedVersionId", "expectedEtag"
    FROM "Upload" WHERE "id" = ${uploadId}::uuid AND "libraryId" = ${library.id} FOR UPDATE`;
  if (!upload || roleAt(actor, library.id, upload.path) === null) throw notFound('The upload');
  const role = upload.userId === actor.userId ? 'contributor' : 'admin';
  if (!hasRole(actor, library.id, upload.path, role)) {
    throw new AppError('forbidden', 'Only the person who uploaded it, or an admin, can undo this upload.');
  }
  const { key, path, versionId, etag } = upload;
  if (upload.state !== 'completed' || versionId === null) {
    throw new AppError('wrong_state', 'This upload was never finished, so there is nothing to undo.');
  }
  const attempts = await tx.operation.findMany({
    where: { undoOfUploadId: uploadId },
    select: { id: true, state: true, finishedAt: true },
  });
  if (effectiveUndo(attempts)) throw new AppError('wrong_state', 'It was undone already, or its undo is under way.');
  const made = { versionId, etag };
  const step: OperationStep =
    upload.ifExists === 'replace' && upload.expectedVersionId !== null
      ? {
          kind: 'copy-up',
          source: { versionId: upload.expectedVersionId, etag: upload.expectedEtag },
          expect: { ...made, isDeleteMarker: false },
        }
      : { kind: 'put-marker', expect: made };
  const item = { key, path, bytes: Number(upload.size), state: 'pending' as const, error: null, step };
  return { type: step.kind === 'copy-up' ? 'restore-version' : 'trash', items: [item], role };
}
