import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { PathLimits } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { insertUploads, type ReservedUpload } from './insert-uploads.ts';
import { lockPaths } from './lock-paths.ts';
import { crcBytes } from './own-uploads.ts';
import { planParts } from './part-plan.ts';
import { planReservations, type Reservation, type WantedPath } from './plan-reservations.ts';
import { readPathWorld } from './read-path-world.ts';
import { firstLookMs, sessionMs } from './session-times.ts';

export type Reserved = { upload: ReservedUpload } | { refused: Extract<Reservation, { action: 'refuse' }> };

/**
 * Reserves a path for each file, or says why not, in one transaction: all that is looked at stays as it is until the rows are there.
 * The partial unique index `Upload_open_path_key` is the last word.
 */
export async function reservePaths(
  actor: Actor,
  library: LibraryContext,
  wanted: WantedPath[],
  limits: PathLimits,
): Promise<Reserved[]> {
  if (wanted.length === 0) return [];
  return db().$transaction(async (tx) => {
    await lockPaths(
      tx,
      library.id,
      wanted.map((file) => file.path),
    );
    const world = await readPathWorld(tx, library, actor.userId, wanted, limits);
    const plan = planReservations(wanted, world, limits, {
      markerBlocksCreate: library.capabilities.markerBlocksCreate ?? false,
    });
    const now = new Date();
    const rows = plan.map((decision, at) =>
      decision.action === 'reserve' ? newRow(actor, library, wanted[at] as WantedPath, decision, now) : null,
    );
    await insertUploads(
      tx,
      rows.filter((row) => row !== null),
    );
    const reserved: Reserved[] = [];
    for (const [at, decision] of plan.entries()) {
      if (decision.action === 'refuse') reserved.push({ refused: decision });
      else if (decision.action === 'reserve') reserved.push({ upload: rows[at] as ReservedUpload });
      else reserved.push(await reuse(tx, decision, wanted[at] as WantedPath, now));
    }
    return reserved;
  });
}

function newRow(
  actor: Actor,
  library: LibraryContext,
  file: WantedPath,
  decision: Extract<Reservation, { action: 'reserve' }>,
  now: Date,
): ReservedUpload {
  const parts = planParts(file.size);
  const expiresAt = new Date(now.getTime() + sessionMs(parts.kind));
  return {
    id: randomUUID(),
    libraryId: library.id,
    userId: actor.userId,
    key: toKey(library, decision.path),
    path: decision.path,
    size: BigInt(file.size),
    contentType: file.contentType,
    crc64nvme: file.crc64nvme === null ? null : crcBytes(file.crc64nvme),
    fileModifiedAt: file.fileModifiedAt,
    kind: parts.kind,
    partSize: parts.kind === 'multipart' ? parts.partSize : null,
    partCount: parts.kind === 'multipart' ? parts.partCount : null,
    ifExists: file.ifExists,
    expectedVersionId: decision.expectedVersionId,
    expectedEtag: decision.expectedEtag,
    createdAt: now,
    expiresAt,
    lookAt: parts.kind === 'single' ? new Date(now.getTime() + firstLookMs) : expiresAt,
  };
}

/** Goes on with the caller's own session. It may have begun to complete since it was read: then it is somebody's after all. */
async function reuse(
  tx: Tx,
  decision: Extract<Reservation, { action: 'reuse' }>,
  file: WantedPath,
  now: Date,
): Promise<Reserved> {
  const kind = planParts(file.size).kind;
  const expiresAt = new Date(now.getTime() + sessionMs(kind));
  const [upload] = await tx.upload.updateManyAndReturn({
    where: { id: decision.uploadId, state: { in: ['reserved', 'uploading'] } },
    data: {
      expiresAt,
      lookAt: kind === 'single' ? new Date(now.getTime() + firstLookMs) : expiresAt,
      ...(decision.change ? { ...decision.change, ifExists: file.ifExists, errorCode: null, errorDetail: null } : {}),
    },
  });
  if (upload) return { upload };
  return {
    refused: {
      action: 'refuse',
      code: 'path_reserved',
      detail: `Another upload to “${decision.path}” is just being finished. Try again in a moment.`,
      existing: null,
    },
  };
}
