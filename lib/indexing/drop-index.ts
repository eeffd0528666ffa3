import { db } from '#lib/db.ts';
import { recountFolders } from './recount-folders.ts';

/** Assets with their versions, taken away in one statement: under a second. */
const batch = 5_000;

/**
 * Takes everything out of the index of a library that a listing of its bucket gives back: assets, versions, folder markers and counts. What was
 * read from the bytes (MediaInfo, previews) stays: it is kept by key and version, and reading it again would cost as much as the first time.
 * Rows that others write meanwhile are newer, and stay.
 * @returns how many assets went
 */
export async function dropIndex(libraryId: bigint, signal?: AbortSignal): Promise<number> {
  const [{ last } = { last: null }] = await db().$queryRaw<{ last: bigint | null }[]>`
    SELECT max("id") AS "last" FROM "Asset" WHERE "libraryId" = ${libraryId}`;
  let dropped = 0;
  for (let count = last === null ? 0 : 1; count > 0; dropped += count) {
    signal?.throwIfAborted();
    count = await db().$executeRaw`
      DELETE FROM "Asset" WHERE "id" IN (
        SELECT "id" FROM "Asset" WHERE "libraryId" = ${libraryId} AND "id" <= ${last} ORDER BY "path" LIMIT ${batch})`;
  }
  // Folder rows stay, since a writer may be about to put something into one; without assets and marker they are not shown.
  await db().$executeRaw`
    UPDATE "Folder" SET "markerVersionId" = NULL, "firstAt" = NULL
    WHERE "libraryId" = ${libraryId} AND ("markerVersionId" IS NOT NULL OR "firstAt" IS NOT NULL)`;
  await recountFolders(libraryId);
  return dropped;
}
