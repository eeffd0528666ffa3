import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { log } from '#lib/log.ts';
import { cleanUpSession } from './clean-up-session.ts';
import { requireOwnUpload, type UploadRow } from './own-uploads.ts';
import type { UploadView } from './schema.ts';
import { firstLookMs } from './session-times.ts';
import { toUploadView } from './upload-view.ts';

/**
 * Gives up an upload: the path is free at once, and what the store holds of it is removed. Repeated, it answers the same. When the store
 * does not answer, the sweep removes the rest.
 * @throws AppError not_found (a foreign id too), wrong_state when it is finished or just being finished
 */
export async function cancelUpload(actor: Actor, input: { id: string }): Promise<{ upload: UploadView }> {
  const { upload, library } = await requireOwnUpload(actor, input.id);
  if (upload.state === 'cancelled') return { upload: toUploadView(upload, library.slug) };
  const cancelled = await db().$transaction(async (tx) => {
    const [row] = await tx.upload.updateManyAndReturn({
      where: { id: upload.id, state: { in: ['reserved', 'uploading'] } },
      // A PUT may be under way: the sweep looks once its link has run out.
      data: { state: 'cancelled', lookAt: new Date(Date.now() + firstLookMs) },
    });
    if (!row) return null;
    await recordAudit(
      tx,
      actor,
      { type: 'upload.cancelled' },
      { libraryId: library.id, path: upload.path, uploadId: upload.id },
    );
    await recordChange(tx, library.id, 'upload', upload.id, upload.path);
    return row;
  });
  if (!cancelled) throw await whyNot(upload);
  try {
    await cleanUpSession(library, cancelled, actor);
  } catch (error) {
    // It is cancelled all the same: the sweep does this again.
    log().warn({ err: error, uploadId: upload.id }, 'a cancelled upload is cleaned up later');
  }
  return { upload: toUploadView(cancelled, library.slug) };
}

async function whyNot(upload: UploadRow): Promise<AppError> {
  const row = await db().upload.findUniqueOrThrow({ where: { id: upload.id } });
  return new AppError(
    'wrong_state',
    row.state === 'completing'
      ? 'This upload is just being finished. Delete the file afterwards if you do not want it.'
      : 'This upload has ended already.',
  );
}
