import { db } from '#lib/db.ts';
import { foldLock } from './fold-folder-deltas.ts';

/** Another writer touched the same folder rows; then it is done again. */
const mostTries = 5;

/**
 * Counts the live assets of every folder anew, whatever the rollups said. All rows become zero and one delta a leaf folder says what is there;
 * the fold adds them up. One snapshot for all of it, so that a write at the same moment is counted once: either it is in the snapshot,
 * or its own delta outlives it.
 */
export async function recountFolders(libraryId: bigint): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await recount(libraryId);
      return;
    } catch (error) {
      if (tries === mostTries || !isSerializationFailure(error)) throw error;
    }
  }
}

async function recount(libraryId: bigint): Promise<void> {
  await db().$transaction(
    async (tx) => {
      // No fold in between: it moves deltas into rows. One that ended while this waited makes the statements below fail, and they are repeated.
      await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(${foldLock}::bigint)) AS taken`;
      await tx.$executeRaw`DELETE FROM "FolderDelta" WHERE "libraryId" = ${libraryId}`;
      await tx.$executeRaw`
        UPDATE "Folder" SET "assetCount" = 0, "bytes" = 0 WHERE "libraryId" = ${libraryId} AND ("assetCount" <> 0 OR "bytes" <> 0)`;
      await tx.$executeRaw`
        INSERT INTO "FolderDelta" ("libraryId", "path", "assetCount", "bytes")
        SELECT ${libraryId}::bigint, f."path", count(*), sum(a."size")
        FROM "Asset" a JOIN "Folder" f ON f."id" = a."folderId"
        WHERE a."libraryId" = ${libraryId} AND a."state" = 'live' GROUP BY f."path"`;
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

function isSerializationFailure(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'P2034' || /40001|could not serialize/.test(message ?? '');
}
