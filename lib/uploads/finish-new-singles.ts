import { randomUUID } from 'node:crypto';
import { safeNumber } from '#lib/assets/safe-number.ts';
import { recordAudits } from '#lib/audit/record-audits.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { dismissLooks } from '#lib/follow/take-events.ts';
import { recordFirstVersions } from '#lib/indexing/record-first-versions.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { headObject } from '#lib/storage/objects.ts';
import type { HeadedObject } from '#lib/storage/types.ts';
import { claimOpenUploads, keepClaims, releaseClaims } from './claim-upload.ts';
import { isOf } from './find-arrived.ts';
import { mapBounded } from './map-bounded.ts';
import { crcText, refOf, type UploadRow } from './own-uploads.ts';
import type { Uploader } from './record-upload.ts';
import { verifyUpload } from './verify-upload.ts';

/** HEADs at once. */
const atOnce = 8;

/**
 * The common case of completing, for many files at a time: single uploads to keys that the index does not know, whose latest version is
 * theirs and right. One transaction records them all. Everything else is given back untouched, for `finishUpload`.
 * @returns ids of the sessions that are completed
 * @throws AppError store_unavailable, database_unavailable; the sessions are open as before
 */
export async function finishNewSingles(uploads: UploadRow[], by: Uploader): Promise<Set<string>> {
  const completed = new Set<string>();
  const byLibrary = Map.groupBy(
    uploads.filter((upload) => upload.kind === 'single' && upload.ifExists !== 'replace' && upload.errorCode === null),
    (upload) => upload.libraryId,
  );
  for (const [libraryId, group] of byLibrary) {
    if (group.length < 2) continue;
    const library = await requireLibraryById(libraryId);
    for (const id of await finishGroup(library, group, by)) completed.add(id);
  }
  return completed;
}

async function finishGroup(library: LibraryContext, group: UploadRow[], by: Uploader): Promise<string[]> {
  const token = randomUUID();
  const mine = new Set(
    await claimOpenUploads(
      group.map((upload) => upload.id),
      token,
    ),
  );
  const claimed = group.filter((upload) => mine.has(upload.id));
  const left = new Set(mine);
  const stop = keepClaims([...mine], token);
  try {
    const ticket = await takeTicket();
    const found = await mapBounded(claimed, atOnce, async (upload) => {
      const head = await headObject(refOf(library, upload));
      return head && isOf(head, upload) && isRight(library, upload, head) ? { upload, head } : null;
    });
    const arrived = found.filter((one) => one !== null);
    if (arrived.length === 0) return [];
    const ids = await db().$transaction(async (tx) => {
      const keys = await recordFirstVersions(
        tx,
        library,
        arrived.map((one) => one.head),
        ticket,
      );
      const recorded = arrived.filter((one) => keys.has(one.head.key));
      await settleAll(tx, library, recorded, token, by);
      return recorded.map((one) => one.upload.id);
    });
    for (const id of ids) left.delete(id);
    await dismissLooks(
      library.id,
      arrived.map(({ head }) => head),
    ).catch((error: unknown) =>
      log().warn({ err: error }, 'looks at files that were just taken in are made all the same'),
    );
    return ids;
  } finally {
    stop();
    // What was not completed is open again; a fault here leaves claims that run out by themselves.
    if (left.size > 0) await releaseClaims([...left], token);
  }
}

function isRight(library: LibraryContext, upload: UploadRow, head: HeadedObject): boolean {
  const verdict = verifyUpload({
    upload: { ...upload, size: safeNumber(upload.size), crc64nvme: crcText(upload.crc64nvme) ?? '' },
    head,
    above: [],
    encryption: wantedEncryption(),
    now: new Date(),
    storageClasses: library.capabilities.storageClasses,
  });
  return verdict.ok;
}

async function settleAll(
  tx: Tx,
  library: LibraryContext,
  arrived: { upload: UploadRow; head: HeadedObject }[],
  token: string,
  by: Uploader,
): Promise<void> {
  const rows = arrived.map(({ upload, head }) => ({ id: upload.id, versionId: head.versionId, etag: head.etag }));
  const settled = await tx.$executeRaw`
    UPDATE "Upload" u
    SET "state" = 'completed', "completedAt" = now(), "updatedAt" = now(), "versionId" = r."versionId", "etag" = r."etag",
        "claim" = NULL, "lookAt" = NULL, "errorCode" = NULL, "errorDetail" = NULL
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("id" uuid, "versionId" text, "etag" text)
    WHERE u."id" = r."id" AND u."claim" = ${token}::uuid AND u."state" = 'completing'`;
  if (settled !== arrived.length) {
    throw new AppError('database_unavailable', 'The claim of this call ran out while it waited. Ask again.', {
      retryAfter: 1,
    });
  }
  await recordAudits(
    tx,
    by,
    arrived.map(({ upload, head }) => ({
      fact: { type: 'upload.completed', size: head.size, versionId: head.versionId, replaced: false },
      context: { libraryId: library.id, path: upload.path, uploadId: upload.id },
    })),
  );
  const changes = arrived.map(({ upload }) => ({ id: upload.id, path: upload.path }));
  await tx.$executeRaw`
    INSERT INTO "Change" ("libraryId", "kind", "refId", "path")
    SELECT ${library.id}::bigint, 'upload', r."id", r."path"
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS r("id" text, "path" text)`;
}
