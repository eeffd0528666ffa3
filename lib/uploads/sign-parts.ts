import { safeNumber } from '#lib/assets/safe-number.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Prisma } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { abortMultipart, createMultipart } from '#lib/storage/multipart.ts';
import { presignPart } from '#lib/storage/presign.ts';
import { refOf, requireMayWrite, requireOpen, requireOwnUpload, type UploadRow } from './own-uploads.ts';
import { partBytes } from './part-plan.ts';
import { requireUploads } from './require-uploads.ts';
import { multipartSessionMs, urlSeconds } from './session-times.ts';
import { signedMetadata } from './signed-metadata.ts';

/**
 * URLs for some parts of a large upload, each bound to its size and checksum. The first call starts the multipart upload at the store.
 * @throws AppError not_found (a foreign id too), forbidden, wrong_state, upload_expired, invalid_request for a part outside the plan,
 *   store_unavailable
 */
export async function signParts(
  actor: Actor,
  input: { id: string; parts: { number: number; crc64nvme: string }[] },
): Promise<{
  parts: { number: number; method: 'PUT'; url: string; headers: Record<string, string>; expiresAt: string }[];
}> {
  const { upload, library } = await requireOwnUpload(actor, input.id);
  requireMayWrite(actor, upload);
  requireUploads(library);
  requireOpen(upload);
  const { partSize, partCount } = upload;
  if (partSize === null || partCount === null) {
    throw new AppError('wrong_state', 'This file goes in one PUT: it has no parts.');
  }
  const beyond = input.parts.find((part) => part.number > partCount);
  if (beyond) {
    throw new AppError('invalid_request', `This file has ${partCount} parts; there is no part ${beyond.number}.`);
  }
  const storeUploadId = await ensureStoreUpload(library, upload);
  const size = safeNumber(upload.size);
  const parts = await Promise.all(
    input.parts.map(async ({ number, crc64nvme }) => {
      const signed = await presignPart({
        ref: refOf(library, upload),
        storeUploadId,
        partNumber: number,
        size: partBytes(size, { partSize, partCount }, number),
        crc64nvme,
        expiresIn: urlSeconds,
        ...(library.partsNameEncryption ? { encryption: wantedEncryption() } : {}),
      });
      const expiresAt = signed.expiresAt.toISOString();
      return { number, method: 'PUT' as const, url: signed.url, headers: signed.headers, expiresAt };
    }),
  );
  return { parts };
}

/** A large file asks for links every second or so; its seven days are counted anew once an hour. */
const prolongAfterMs = 60 * 60_000;

/**
 * The multipart upload at the store, made at the first call. No lock is held while the store is asked: of two first calls one wins the
 * row, and the other drops what it made.
 */
async function ensureStoreUpload(library: LibraryContext, upload: UploadRow): Promise<string> {
  // Activity: a session is abandoned when nobody asks for parts for seven days.
  const expiresAt = new Date(Date.now() + multipartSessionMs);
  const open: Prisma.UploadWhereInput = { id: upload.id, state: { in: ['reserved', 'uploading'] } };
  if (upload.storeUploadId !== null) {
    if (upload.state === 'uploading' && upload.expiresAt.getTime() > expiresAt.getTime() - prolongAfterMs)
      return upload.storeUploadId;
    const [kept] = await db().upload.updateManyAndReturn({
      where: { ...open, storeUploadId: { not: null } },
      data: { expiresAt, lookAt: expiresAt, state: 'uploading' },
    });
    if (kept?.storeUploadId) return kept.storeUploadId;
  }
  const ref = refOf(library, upload);
  const made = await createMultipart({
    ref,
    contentType: upload.contentType,
    encryption: wantedEncryption(),
    metadata: signedMetadata(upload),
  });
  const won = await db().upload.updateMany({
    where: { ...open, storeUploadId: null },
    data: { storeUploadId: made.storeUploadId, state: 'uploading', expiresAt, lookAt: expiresAt },
  });
  if (won.count === 1) return made.storeUploadId;
  await abortMultipart({ ref, storeUploadId: made.storeUploadId });
  const row = await db().upload.findUniqueOrThrow({ where: { id: upload.id } });
  requireOpen(row);
  if (row.storeUploadId === null) throw new AppError('wrong_state', 'The upload was just started anew. Ask again.');
  return row.storeUploadId;
}
