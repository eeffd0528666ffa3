import { safeNumber } from '#lib/assets/safe-number.ts';
import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { abortMultipart, completeMultipart, listParts } from '#lib/storage/multipart.ts';
import { headObject } from '#lib/storage/objects.ts';
import {
  isConditionalConflict,
  isInvalidPart,
  isNoSuchUpload,
  isNotFound,
  isPreconditionFailed,
} from '#lib/storage/store-errors.ts';
import type { ListedPart } from '#lib/storage/types.ts';
import { type Claim, updateClaimed } from './claim-upload.ts';
import { combineCrc64nvme } from './combine-crc64.ts';
import { compareParts, describeParts } from './compare-parts.ts';
import { conditionOf } from './conflict-verdict.ts';
import { type Arrived, findArrived } from './find-arrived.ts';
import { crcBytes, crcText, refOf, type UploadRow } from './own-uploads.ts';

export type PartsOutcome =
  | { kind: 'arrived'; upload: UploadRow; arrived: Arrived }
  /** The store refused the condition, or knows nothing of the upload: what lies at the key decides. */
  | { kind: 'look'; upload: UploadRow }
  | { kind: 'incomplete'; detail: string }
  | { kind: 'mismatch'; detail: string };

/**
 * Puts the parts together: compares what the store holds with the plan, then completes under the condition. Our own success, answered
 * twice or lost on the way, is recognised by the upload id in the object (DESIGN invariant 4).
 * @throws AppError store_unavailable; then nothing is decided and it can be tried again
 */
export async function completeParts(library: LibraryContext, upload: UploadRow, claim: Claim): Promise<PartsOutcome> {
  const { storeUploadId, partSize, partCount } = upload;
  if (partSize === null || partCount === null) throw new Error(`Upload ${upload.id} has no part plan.`);
  if (storeUploadId === null) return lookOrArrived(library, upload);
  const ref = refOf(library, upload);

  let stored: ListedPart[];
  try {
    stored = await listParts({ ref, storeUploadId });
  } catch (error) {
    if (!isNoSuchUpload(error)) throw error;
    return forgetStoreUpload(library, upload, claim);
  }
  const size = safeNumber(upload.size);
  const { missing, wrong, complete } = compareParts({ size, partSize, partCount }, stored);
  if (complete === null) {
    const said = [
      missing.length > 0 ? `not at the store: ${describeParts(missing)}` : '',
      wrong.length > 0 ? `with the wrong size: ${describeParts(wrong)}` : '',
    ].filter((text) => text !== '');
    return { kind: 'incomplete', detail: `Of ${partCount} parts, ${said.join('; ')}. Send them, then complete again.` };
  }

  const crc64nvme = combineCrc64nvme(
    complete.map((part) => ({ size: part.size, crc64nvme: part.crc64nvme as string })),
  );
  const announced = crcText(upload.crc64nvme);
  if (announced !== null && announced !== crc64nvme) {
    await abortMultipart({ ref, storeUploadId });
    return {
      kind: 'mismatch',
      detail: 'The parts together are not the file that was announced. They were removed. Upload the file again.',
    };
  }
  // Kept before the store is asked, so that whoever repairs this knows what the object must show.
  const known = { ...upload, crc64nvme: crcBytes(crc64nvme) };
  await updateClaimed(claim, { crc64nvme: known.crc64nvme });
  try {
    const { versionId } = await completeMultipart({
      ref,
      storeUploadId,
      parts: complete,
      size,
      crc64nvme,
      condition: conditionOf(upload),
      encryption: wantedEncryption(),
    });
    const head = await headObject({ ...ref, versionId });
    if (head) return { kind: 'arrived', upload: known, arrived: { head, above: [] } };
    throw new AppError('store_unavailable', 'The store does not show yet what it put together. Try again.', {
      retryAfter: 5,
    });
  } catch (error) {
    if (isNoSuchUpload(error)) return forgetStoreUpload(library, known, claim);
    if (isInvalidPart(error)) {
      const outcome = await lookOrArrived(library, known);
      if (outcome.kind === 'arrived') return outcome;
      return { kind: 'incomplete', detail: 'A part changed while the file was put together. Complete it again.' };
    }
    if (isPreconditionFailed(error) || isConditionalConflict(error) || isNotFound(error)) {
      return lookOrArrived(library, known);
    }
    throw error;
  }
}

async function lookOrArrived(
  library: LibraryContext,
  upload: UploadRow,
): Promise<Extract<PartsOutcome, { kind: 'arrived' | 'look' }>> {
  const arrived = await findArrived(library, upload);
  return arrived ? { kind: 'arrived', upload, arrived } : { kind: 'look', upload };
}

/** The store no longer has the multipart upload: it is the object now, or it was dropped and the next part URLs start a new one. */
async function forgetStoreUpload(library: LibraryContext, upload: UploadRow, claim: Claim): Promise<PartsOutcome> {
  const outcome = await lookOrArrived(library, upload);
  if (outcome.kind === 'look') await updateClaimed(claim, { storeUploadId: null });
  return outcome;
}
