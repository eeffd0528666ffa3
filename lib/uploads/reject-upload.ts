import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { headObject } from '#lib/storage/objects.ts';
import { purgesHere } from '#lib/storage/purge-right.ts';
import type { HeadedObject } from '#lib/storage/types.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { type Claim, lockClaim, updateClaimed } from './claim-upload.ts';
import { isOf } from './find-arrived.ts';
import { refOf, type UploadRow } from './own-uploads.ts';
import type { Uploader } from './record-upload.ts';
import { firstLookMs } from './session-times.ts';

export type Rejection = { code: 'checksum_mismatch' | 'tampered'; detail: string };

/**
 * Removes exactly the version that an upload made and that is not what was allowed, and ends the session with the reason.
 * What it found is written down first: a process that takes over goes on from there (`resumeRejection`).
 * In a process that may not remove versions it is only written down, and a job does the rest; the path stays taken until then.
 * @throws AppError store_unavailable; the session then stays `completing`, and the sweep goes on
 */
export async function rejectUpload(
  library: LibraryContext,
  upload: UploadRow,
  claim: Claim,
  head: HeadedObject | null,
  rejection: Rejection,
  by: Uploader,
): Promise<void> {
  const journal = {
    versionId: head?.versionId ?? null,
    errorCode: rejection.code,
    errorDetail: rejection.detail,
  };
  if (!(await updateClaimed(claim, journal))) {
    throw new AppError('wrong_state', 'Another process has taken this upload over. Ask again.');
  }
  if (head && !purgesHere()) return handOver(claim);
  if (head) {
    await removeArrived(library, upload, head);
    await syncKey(library, upload.key);
  }
  await db().$transaction(async (tx) => {
    await lockClaim(tx, claim);
    await tx.upload.update({
      where: { id: upload.id },
      // Its link may be alive still: the sweep looks once more when it is not.
      data: { state: 'failed', claim: null, storeUploadId: null, lookAt: new Date(Date.now() + firstLookMs) },
    });
    await recordAudit(
      tx,
      by,
      { type: 'upload.rejected', code: rejection.code, versionId: journal.versionId },
      { libraryId: library.id, path: upload.path, uploadId: upload.id },
    );
    await recordChange(tx, library.id, 'upload', upload.id, upload.path);
  });
}

/** Lets go of the session for the worker: its claim has run out from now on (`claimUpload`). */
async function handOver(claim: Claim): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockClaim(tx, claim);
    await tx.upload.update({ where: { id: claim.id }, data: { claim: null, lookAt: new Date() } });
    await enqueue(tx, 'settle-upload', { uploadId: claim.id }, { jobKey: `settle-upload:${claim.id}` });
  });
}

/** A rejection that was written down and whose process died: what is left of it is done. */
export async function resumeRejection(
  library: LibraryContext,
  upload: UploadRow,
  claim: Claim,
  rejection: Rejection,
  by: Uploader,
): Promise<void> {
  const head =
    upload.versionId === null ? null : await headObject({ ...refOf(library, upload), versionId: upload.versionId });
  await rejectUpload(library, upload, claim, head, rejection, by);
}

/**
 * Destroys one version that an upload made, by the identity `purge`, after making sure that it is no other: it carries this upload's id,
 * it is not the version that was to be replaced, and it has an id of its own (a `null` version shares it with what was there before).
 */
export async function removeArrived(
  library: LibraryContext,
  upload: UploadRow,
  head: Pick<HeadedObject, 'versionId' | 'metadata'>,
): Promise<void> {
  if (!isOf(head, upload) || head.versionId === upload.expectedVersionId || head.versionId === 'null') {
    throw new Error(`Version ${head.versionId} is not the one that upload ${upload.id} made; it is left alone.`);
  }
  await removeVersion({ ...refOf(library, upload), versionId: head.versionId });
}
