import { safeNumber } from '#lib/assets/safe-number.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { listParts } from '#lib/storage/multipart.ts';
import { isNoSuchUpload } from '#lib/storage/store-errors.ts';
import { findArrived } from './find-arrived.ts';
import { refOf, requireOwnUpload, type UploadRow } from './own-uploads.ts';
import { partBytes } from './part-plan.ts';
import type { UploadView } from './schema.ts';
import { toUploadView } from './upload-view.ts';

export type StoredPart = { number: number; size: number; crc64nvme: string | null };

/**
 * One session of the caller with the parts that the store holds, as the store lists them now.
 * @throws AppError not_found (a foreign id too), store_unavailable
 */
export async function getUpload(
  actor: Actor,
  input: { id: string },
): Promise<{ upload: UploadView; storedParts: StoredPart[] }> {
  const { upload, library } = await requireOwnUpload(actor, input.id);
  const storedParts = await readStoredParts(library, upload);
  return { upload: toUploadView(upload, library.slug), storedParts };
}

/**
 * Parts at the store of an open session. When the store no longer knows the multipart upload, it was either put together (the answer was
 * lost: all parts count as there, and completing says the rest) or dropped (then the next part URLs start a new one).
 */
export async function readStoredParts(library: LibraryContext, upload: UploadRow): Promise<StoredPart[]> {
  const { storeUploadId } = upload;
  const isOpen = upload.state === 'reserved' || upload.state === 'uploading' || upload.state === 'completing';
  if (!isOpen || storeUploadId === null) return [];
  try {
    const parts = await listParts({ ref: refOf(library, upload), storeUploadId });
    return parts.map(({ number, size, crc64nvme }) => ({ number, size, crc64nvme }));
  } catch (error) {
    if (!isNoSuchUpload(error)) throw error;
  }
  if (upload.state === 'completing' || (await findArrived(library, upload)) !== null) return allParts(upload);
  await db().upload.updateMany({
    where: { id: upload.id, storeUploadId, state: { in: ['reserved', 'uploading'] } },
    data: { storeUploadId: null },
  });
  return [];
}

function allParts(upload: UploadRow): StoredPart[] {
  const { partSize, partCount } = upload;
  if (partSize === null || partCount === null) return [];
  const size = safeNumber(upload.size);
  return Array.from({ length: partCount }, (_, at) => ({
    number: at + 1,
    size: partBytes(size, { partSize, partCount }, at + 1),
    crc64nvme: null,
  }));
}
