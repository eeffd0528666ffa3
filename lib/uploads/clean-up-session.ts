import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { abortMultipart } from '#lib/storage/multipart.ts';
import { purgesHere } from '#lib/storage/purge-right.ts';
import { findArrived } from './find-arrived.ts';
import { refOf, type UploadRow } from './own-uploads.ts';
import type { Uploader } from './record-upload.ts';
import { removeArrived } from './reject-upload.ts';

/**
 * Takes away what a cancelled, failed or expired session left at the store: its parts, and a version that arrived after its end and that
 * nobody has seen; where this process may not remove versions, a job does. One that the index shows already is somebody's file by now and stays.
 * @throws AppError store_unavailable; it can be repeated
 */
export async function cleanUpSession(library: LibraryContext, upload: UploadRow, by: Uploader): Promise<void> {
  const { storeUploadId } = upload;
  if (storeUploadId !== null) {
    await abortMultipart({ ref: refOf(library, upload), storeUploadId });
    await db().upload.updateMany({ where: { id: upload.id, storeUploadId }, data: { storeUploadId: null } });
  }
  const arrived = await findArrived(library, upload);
  if (!arrived) return;
  if (!purgesHere()) {
    await enqueue(db(), 'settle-upload', { uploadId: upload.id }, { jobKey: `settle-upload:${upload.id}` });
    return;
  }
  const { head } = arrived;
  const seen = await db().version.findFirst({
    where: { asset: { libraryId: library.id, path: upload.path }, versionId: head.versionId },
    select: { id: true },
  });
  if (seen) {
    log().warn(
      { uploadId: upload.id, versionId: head.versionId },
      'a version arrived after its upload ended; it is kept',
    );
    await syncKey(library, upload.key);
    return;
  }
  await removeArrived(library, upload, head);
  await syncKey(library, upload.key);
  await db().$transaction((tx) =>
    recordAudit(
      tx,
      by,
      { type: 'upload.rejected', code: upload.state, versionId: head.versionId },
      { libraryId: library.id, path: upload.path, uploadId: upload.id },
    ),
  );
}
