import { kindOf } from '#lib/assets/kind-of.ts';
import type { Tx } from '#lib/db.ts';
import { assetName, isIrregularAsset, parentFolder } from '#lib/libraries/path-rules.ts';
import { compareKeys } from '#lib/storage/key-order.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { lockUnknownPaths, withoutAbsent } from './absence.ts';
import { ensureFolders } from './ensure-folders.ts';

/** What the store holds of a key, newest first, and the ticket that was taken before it was asked. */
export type KeyLook = { ticket: bigint; listed: ListedVersion[] };

/**
 * Makes the rows of paths that the index does not know and a look has found, empty as `applyListing` makes one for itself. What a newer look did not
 * find is left out. Locks, folders and rows are each taken in one order, so that two writers wait for each other in that order.
 */
export async function makeMissingAssets(tx: Tx, libraryId: bigint, looks: ReadonlyMap<string, KeyLook>): Promise<void> {
  const found = [...looks.keys()].filter((path) => looks.get(path)?.listed.length).sort(compareKeys);
  const unknown = await withoutKnown(tx, libraryId, found);
  if (unknown.length === 0) return;
  await lockUnknownPaths(tx, libraryId, unknown);
  const tickets = new Map(unknown.map((path) => [path, (looks.get(path) as KeyLook).ticket]));
  const missing = await withoutAbsent(tx, libraryId, tickets);
  const firstAt = (path: string) => looks.get(path)?.listed.at(-1)?.modifiedAt as Date;
  const folderIds = new Map<string, bigint>();
  for (const path of missing) {
    const folder = parentFolder(path);
    if (!folderIds.has(folder)) folderIds.set(folder, await ensureFolders(tx, libraryId, path, firstAt(path)));
  }
  const rows = missing.map((path) => ({
    path,
    name: assetName(path),
    folderId: String(folderIds.get(parentFolder(path))),
    irregular: isIrregularAsset(path),
    kind: kindOf(assetName(path)),
    modifiedAt: firstAt(path),
    versionId: looks.get(path)?.listed.at(-1)?.versionId,
  }));
  // As "gone" with no size, so that what is written next counts the whole asset into its folder.
  await tx.$executeRaw`
    INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "irregular", "state", "kind", "size", "modifiedAt", "versionId", "versionCount")
    SELECT ${libraryId}::bigint, r."folderId", r."path", r."name", r."irregular", 'gone', r."kind", 0, r."modifiedAt", r."versionId", 0
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("path" text, "name" text, "folderId" bigint, "irregular" boolean, "kind" text,
      "modifiedAt" timestamptz, "versionId" text)
    ORDER BY r."path" COLLATE "C"
    ON CONFLICT ("libraryId", "path") DO NOTHING`;
}

async function withoutKnown(tx: Tx, libraryId: bigint, paths: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" = ANY(${paths})`;
  const known = new Set(rows.map((row) => row.path));
  return paths.filter((path) => !known.has(path));
}
