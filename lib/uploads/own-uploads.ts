import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import type { Upload } from '#lib/generated/prisma/client.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import type { ObjectRef } from '#lib/storage/types.ts';

export type UploadRow = Upload;

/** Rows by id, of those ids that are the caller's own sessions. Somebody else's is as if it did not exist. */
export async function findOwnUploads(actor: Actor, ids: string[]): Promise<Map<string, UploadRow>> {
  // Raw, because it is asked for 100 at a time: the client takes 10 ms of processor time for the same.
  const rows = await db().$queryRaw<UploadRow[]>`
    SELECT * FROM "Upload" WHERE "id" = ANY(${ids}::uuid[]) AND "userId" = ${actor.userId}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws AppError not_found, for a foreign id too */
export async function requireOwnUpload(
  actor: Actor,
  id: string,
): Promise<{ upload: UploadRow; library: LibraryContext }> {
  const upload = (await findOwnUploads(actor, [id])).get(id);
  if (!upload) throw notFound('The upload');
  return { upload, library: await requireLibraryById(upload.libraryId) };
}

/** The right to write at the session's path today, not when it began. @throws AppError not_found, forbidden */
export function requireMayWrite(actor: Actor, upload: Pick<UploadRow, 'libraryId' | 'path'>): void {
  requireRole(actor, upload.libraryId, [upload.path], 'contributor');
}

/** @throws AppError wrong_state, upload_expired: for sessions to which nothing can be sent any more */
export function requireOpen(upload: Pick<UploadRow, 'state' | 'expiresAt'>, now = new Date()): void {
  if (upload.state === 'expired' || (upload.state !== 'completed' && upload.expiresAt <= now)) {
    throw new AppError('upload_expired', 'This upload was left alone for too long and was given up. Start it again.');
  }
  if (upload.state === 'reserved' || upload.state === 'uploading') return;
  const said = {
    completing: 'is being finished',
    completed: 'is finished',
    failed: 'has failed',
    cancelled: 'was cancelled',
  };
  throw new AppError('wrong_state', `This upload ${said[upload.state]}. Nothing can be sent to it any more.`);
}

export const refOf = (library: LibraryContext, upload: Pick<UploadRow, 'key'>): ObjectRef => ({
  bucket: library.bucket,
  key: upload.key,
});

export const crcText = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('base64');

export const crcBytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
