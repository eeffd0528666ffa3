import { safeNumber } from '#lib/assets/safe-number.ts';
import { db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { type LibraryContext, requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { abortMultipart } from '#lib/storage/multipart.ts';
import { headObject } from '#lib/storage/objects.ts';
import { type Claim, claimed, claimUpload, keepClaim, releaseClaim } from './claim-upload.ts';
import { completeParts } from './complete-parts.ts';
import { judgeConflict } from './conflict-verdict.ts';
import { type Arrived, findArrived } from './find-arrived.ts';
import { crcText, refOf, type UploadRow } from './own-uploads.ts';
import { lockOf, recordUpload, type Uploader } from './record-upload.ts';
import { type Rejection, rejectUpload, resumeRejection } from './reject-upload.ts';
import { verifyUpload } from './verify-upload.ts';

export type Finished =
  | { state: 'completed' }
  /** Another process is at it, or nobody may: the row says what it is. */
  | { state: 'not-claimed' }
  /** The session stays open with its parts. */
  | { state: 'open'; code: 'upload_incomplete' | 'path_exists' | 'version_changed'; detail: string }
  | { state: 'failed'; code: Rejection['code']; detail: string };

/**
 * From "the browser says it is sent" to a verified version in the library, or to the reason why not. Safe to call at any time, twice,
 * and by two processes: a claim lets one do it, and whoever finds a dead claim goes on.
 * No transaction is open while the store is asked.
 * @throws AppError store_unavailable, database_unavailable; the session stays as it can go on
 */
export async function finishUpload(id: string, by: Uploader): Promise<Finished> {
  const mine = await claimUpload(id);
  if (!mine) return { state: 'not-claimed' };
  const { claim, upload } = mine;
  const stop = keepClaim(claim);
  try {
    const library = await requireLibraryById(upload.libraryId);
    const rejection = findRejection(upload);
    if (rejection) {
      await resumeRejection(library, upload, claim, rejection, by);
      return { state: 'failed', ...rejection };
    }
    return await finish(library, upload, claim, by);
  } catch (error) {
    await giveBack(claim, upload);
    throw error;
  } finally {
    stop();
  }
}

async function finish(library: LibraryContext, upload: UploadRow, claim: Claim, by: Uploader): Promise<Finished> {
  const ticket = await takeTicket();
  if (upload.kind === 'single') {
    const arrived = await findArrived(library, upload);
    return arrived
      ? settle(library, upload, claim, arrived, by, ticket)
      : lookAtKey(library, upload, claim, by, ticket);
  }
  // In a bucket whose versioning was switched off meanwhile, putting the parts together could destroy what is there.
  requireWritable(library);
  const outcome = await completeParts(library, upload, claim);
  switch (outcome.kind) {
    case 'arrived':
      return settle(library, outcome.upload, claim, outcome.arrived, by, ticket);
    case 'look':
      return lookAtKey(library, outcome.upload, claim, by, ticket);
    case 'incomplete':
      return keepOpen(claim, upload, 'upload_incomplete', outcome.detail);
    case 'mismatch': {
      const rejection = { code: 'checksum_mismatch' as const, detail: outcome.detail };
      await rejectUpload(library, upload, claim, null, rejection, by);
      return { state: 'failed', ...rejection };
    }
  }
}

/** A version with our id is there: verify it, and record or remove it. */
async function settle(
  library: LibraryContext,
  upload: UploadRow,
  claim: Claim,
  arrived: Arrived,
  by: Uploader,
  ticket: bigint,
): Promise<Finished> {
  const verdict = verifyUpload({
    upload: {
      ...upload,
      size: safeNumber(upload.size),
      // Parts that were completed are kept with their checksum before; without one nothing can be right.
      crc64nvme: crcText(upload.crc64nvme) ?? '',
    },
    head: arrived.head,
    above: arrived.above,
    encryption: wantedEncryption(),
    now: new Date(),
    storageClasses: library.capabilities.storageClasses,
  });
  if (verdict.ok) {
    await recordUpload(library, upload, lockOf(claim), arrived, by, ticket);
    return { state: 'completed' };
  }
  await rejectUpload(library, upload, claim, arrived.head, verdict, by);
  return { state: 'failed', code: verdict.code, detail: verdict.detail };
}

/** No version with our id is there: nothing arrived, somebody else's is in the way, or the same bytes came another way. */
async function lookAtKey(
  library: LibraryContext,
  upload: UploadRow,
  claim: Claim,
  by: Uploader,
  ticket: bigint,
): Promise<Finished> {
  const ref = refOf(library, upload);
  const latest = await headObject(ref);
  const judged = judgeConflict(
    { ...upload, size: safeNumber(upload.size), crc64nvme: crcText(upload.crc64nvme) },
    latest,
  );
  switch (judged.verdict) {
    case 'not-arrived':
      return keepOpen(claim, upload, 'upload_incomplete', 'The file has not arrived at the store. Send it again.');
    case 'conflict':
      // The index learns what is there, so that the answer can show both sides.
      await syncKey(library, upload.key);
      return keepOpen(claim, upload, judged.code, judged.detail);
    case 'same-content': {
      if (!latest) throw new Error('The same content cannot be where nothing is.');
      await recordUpload(library, upload, lockOf(claim), { head: latest, above: [] }, by, ticket);
      if (upload.storeUploadId !== null) await abortMultipart({ ref, storeUploadId: upload.storeUploadId });
      return { state: 'completed' };
    }
  }
}

async function keepOpen(
  claim: Claim,
  upload: UploadRow,
  code: Extract<Finished, { state: 'open' }>['code'],
  detail: string,
): Promise<Finished> {
  await releaseClaim(claim, upload, code === 'upload_incomplete' ? null : { code, detail });
  return { state: 'open', code, detail };
}

/** What a process found wrong and wrote down before it removed the version. */
export function findRejection(upload: UploadRow): Rejection | null {
  const { errorCode, errorDetail } = upload;
  if (errorCode !== 'checksum_mismatch' && errorCode !== 'tampered') return null;
  return { code: errorCode, detail: errorDetail ?? '' };
}

/** After a fault: open again, so that the next call can go on at once. A rejection under way stays one, for whoever comes next. */
async function giveBack(claim: Claim, upload: UploadRow): Promise<void> {
  try {
    const rejecting = await db().upload.updateMany({
      where: { ...claimed(claim), errorCode: { in: ['checksum_mismatch', 'tampered'] } },
      data: { lookAt: new Date() },
    });
    if (rejecting.count === 0) await releaseClaim(claim, upload, null);
  } catch (err) {
    // The claim runs out by itself, and the sweep finds the session; the fault that brought us here is the one to tell.
    log().warn({ err, uploadId: upload.id }, 'an upload could not be given back; its claim runs out');
  }
}
