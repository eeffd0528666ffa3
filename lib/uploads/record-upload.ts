import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { recordFirstVersion } from '#lib/indexing/record-first-version.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type Claim, lockClaim } from './claim-upload.ts';
import type { Arrived } from './find-arrived.ts';
import { crcBytes, refOf, type UploadRow } from './own-uploads.ts';

export type Uploader = Pick<Actor, 'userId' | 'name'>;

/**
 * Makes a verified version part of the library: version, asset, folder rollup, session and audit in one transaction (DESIGN section 5).
 * A key that the index does not know takes its one version from the HEAD; any doubt lists the key first.
 * @param lock locks the session and throws when it is no longer this process's to end
 * @param ticket taken before the HEAD
 */
export async function recordUpload(
  library: LibraryContext,
  upload: UploadRow,
  lock: (tx: Tx) => Promise<void>,
  arrived: Arrived,
  by: Uploader,
  ticket: bigint,
): Promise<void> {
  const { head, above } = arrived;
  const settle = (tx: Tx) => settleUpload(tx, library, upload, arrived, by);
  if (above.length === 0) {
    const done = await db().$transaction(async (tx) => {
      await lock(tx);
      if ((await recordFirstVersion(tx, library, head, ticket)) === null) return false;
      await settle(tx);
      return true;
    });
    if (done) return;
  }
  const later = await takeTicket();
  const listed = await listKeyVersions(refOf(library, upload));
  if (!listed.some((version) => version.versionId === head.versionId)) {
    throw new AppError('store_unavailable', 'The store does not list yet what it holds. Try again.', { retryAfter: 5 });
  }
  const heads = new Map([[head.versionId, { contentType: head.contentType, crc64nvme: head.crc64nvme }]]);
  await db().$transaction(async (tx) => {
    await lock(tx);
    await applyListing(tx, library, upload.key, later, listed, heads);
    await settle(tx);
  });
}

async function settleUpload(
  tx: Tx,
  library: LibraryContext,
  upload: UploadRow,
  { head }: Arrived,
  by: Uploader,
): Promise<void> {
  await tx.upload.update({
    where: { id: upload.id },
    data: {
      state: 'completed',
      completedAt: new Date(),
      versionId: head.versionId,
      etag: head.etag,
      ...(head.crc64nvme === null ? {} : { crc64nvme: crcBytes(head.crc64nvme) }),
      claim: null,
      lookAt: null,
      errorCode: null,
      errorDetail: null,
    },
  });
  await recordAudit(
    tx,
    by,
    { type: 'upload.completed', size: head.size, versionId: head.versionId, replaced: upload.ifExists === 'replace' },
    { libraryId: library.id, path: upload.path, uploadId: upload.id },
  );
  await recordChange(tx, library.id, 'upload', upload.id, upload.path);
}

export const lockOf = (claim: Claim) => (tx: Tx) => lockClaim(tx, claim);
