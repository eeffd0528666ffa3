import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { type LibraryContext, readOnlyReason, requireLibraryById } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { cleanUpSession } from './clean-up-session.ts';
import { findArrived } from './find-arrived.ts';
import { finishUpload } from './finish-upload.ts';
import { mapBounded } from './map-bounded.ts';
import type { UploadRow } from './own-uploads.ts';
import type { Uploader } from './record-upload.ts';
import { firstLookMs } from './session-times.ts';
import { uploaderOf } from './uploader-of.ts';

/** Sessions taken at once, and batches a run: a run stays short, the next one is a minute away. */
const batchSize = 50;
const maxBatches = 20;
const atOnce = 4;
/** Milliseconds after which another worker looks at a session whose worker died over it. */
const turnMs = 2 * 60_000;

export type SweepCounts = { looked: number; completed: number; failed: number; expired: number; faults: number };

/**
 * Looks at sessions whose time has come: adopts a file that was sent and never completed, repairs a completion whose process died, gives
 * up what was abandoned, and takes away what ended sessions left behind. A session is looked at only when its links have run out or its
 * claim has (`lookAt`), so it meets no browser at work. Workers share the rows by SKIP LOCKED; one that is killed leaves its rows for
 * the next after `turnMs`.
 * @throws AppError store_unavailable, database_unavailable: the rest waits for the next run
 */
export async function sweepUploads(signal?: AbortSignal): Promise<SweepCounts> {
  const counts: SweepCounts = { looked: 0, completed: 0, failed: 0, expired: 0, faults: 0 };
  const seen = new Set<string>();
  for (let batch = 0; batch < maxBatches && !signal?.aborted; batch++) {
    const due = (await takeDue()).filter((row) => !seen.has(row.id));
    if (due.length === 0) break;
    await mapBounded(due, atOnce, async (row) => {
      if (signal?.aborted) return;
      seen.add(row.id);
      counts.looked += 1;
      try {
        await lookAtSession(row, counts);
      } catch (error) {
        if (error instanceof AppError && error.status === 503) throw error;
        // One broken session must not keep the others waiting; it comes up again after its turn.
        counts.faults += 1;
        log().error({ err: error, uploadId: row.id, state: row.state }, 'an upload session could not be swept');
      }
    });
  }
  if (counts.looked > 0) log().info(counts, 'upload sessions swept');
  return counts;
}

/**
 * Takes the oldest due sessions: locked rows belong to another worker. The turn is written down before the store is asked, since no lock
 * is held then; a dead completion is taken by its own claim (`claimUpload`).
 */
async function takeDue(): Promise<UploadRow[]> {
  const ids = await db().$queryRaw<{ id: string }[]>`
    WITH due AS (
      SELECT "id" FROM "Upload" WHERE "lookAt" <= now() ORDER BY "lookAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    )
    UPDATE "Upload" u
    SET "lookAt" = CASE WHEN u."state" = 'completing' THEN u."lookAt" ELSE now() + make_interval(secs => ${turnMs / 1000}) END
    FROM due WHERE u."id" = due."id"
    RETURNING u."id"`;
  return db().upload.findMany({ where: { id: { in: ids.map((row) => row.id) } }, orderBy: { createdAt: 'asc' } });
}

async function lookAtSession(upload: UploadRow, counts: SweepCounts): Promise<void> {
  const library = await requireLibraryById(upload.libraryId);
  const by = await uploaderOf(upload);
  const isDead = upload.state === 'completing';
  const isOver = upload.expiresAt <= new Date();
  switch (upload.state) {
    case 'reserved':
    case 'uploading':
    case 'completing': {
      // An abandoned large file may be whole, with only the last word missing: then it is kept.
      const mayBeWhole = upload.kind === 'multipart' && isOver && readOnlyReason(library) === null;
      const worthwhile = isDead || mayBeWhole || (await findArrived(library, upload)) !== null;
      const finished = worthwhile ? await finishUpload(upload.id, by) : null;
      if (finished?.state === 'completed') counts.completed += 1;
      else if (finished?.state === 'failed') counts.failed += 1;
      else if (isOver) await expire(library, upload, by, counts);
      else if (finished === null)
        await db().upload.updateMany({ where: openRow(upload), data: { lookAt: upload.expiresAt } });
      return;
    }
    case 'failed':
    case 'cancelled':
    case 'expired':
      await cleanUpEnded(library, upload, by);
      return;
    case 'completed':
      await db().upload.updateMany({ where: { id: upload.id, state: 'completed' }, data: { lookAt: null } });
  }
}

const openRow = (upload: UploadRow) => ({ id: upload.id, state: { in: ['reserved' as const, 'uploading' as const] } });

/** Gives a session up unless it moved since: parts were asked for, or it is being completed. Then its path is free and its parts go. */
async function expire(library: LibraryContext, upload: UploadRow, by: Uploader, counts: SweepCounts): Promise<void> {
  const now = Date.now();
  const [expired] = await db().upload.updateManyAndReturn({
    where: { ...openRow(upload), expiresAt: { lte: new Date(now) } },
    data: {
      state: 'expired',
      // A PUT whose link was signed in the last minutes may still arrive.
      lookAt: new Date(now + (upload.kind === 'single' ? firstLookMs : turnMs)),
      errorCode: 'upload_expired',
      errorDetail: 'It was left alone for too long.',
    },
  });
  if (!expired) return;
  counts.expired += 1;
  if (expired.kind === 'multipart') await cleanUpEnded(library, expired, by);
}

async function cleanUpEnded(library: LibraryContext, upload: UploadRow, by: Uploader): Promise<void> {
  await cleanUpSession(library, upload, by);
  await db().upload.updateMany({ where: { id: upload.id, state: upload.state }, data: { lookAt: null } });
}
