import { kindOf } from '#lib/assets/kind-of.ts';
import type { Tx } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { isIrregularPath, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { enqueueInspections } from '#lib/renditions/inspection-jobs.ts';
import type { HeadedObject } from '#lib/storage/types.ts';
import { ensureFolders } from './ensure-folders.ts';

/**
 * `recordFirstVersion` for a batch, in a handful of statements whatever its size: new uploads to keys that the index does not know, from
 * their HEADs alone. What is in any doubt is left out, for `syncKey`.
 * @param ticket taken before the first HEAD (`takeTicket`)
 * @returns the keys that were recorded
 */
export async function recordFirstVersions(
  tx: Tx,
  library: Pick<LibraryContext, 'id' | 'rootPrefix' | 'indexedAt'>,
  heads: HeadedObject[],
  ticket: bigint,
): Promise<Set<string>> {
  if (library.indexedAt === null || heads.length === 0) return new Set();
  const fresh = await withoutKnown(tx, library, heads);
  const folderIds = new Map<string, bigint>();
  for (const { path, head } of fresh) {
    const folder = parentFolder(path);
    if (!folderIds.has(folder)) folderIds.set(folder, await ensureFolders(tx, library.id, path, head.modifiedAt));
  }
  const rows = fresh.map(({ path, head }) => ({
    key: head.key,
    path,
    name: nameOf(path),
    folder: parentFolder(path),
    folderId: String(folderIds.get(parentFolder(path))),
    irregular: isIrregularPath(path),
    kind: kindOf(nameOf(path), head.contentType),
    contentType: head.contentType,
    size: head.size,
    modifiedAt: head.modifiedAt.toISOString(),
    versionId: head.versionId,
    etag: head.etag,
    crc64nvme: head.crc64nvme,
    storageClass: head.storageClass,
  }));
  // A path that another writer makes at this moment is left to it, versions and all.
  const made = await tx.$queryRaw<{ path: string }[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
        "path" text, "name" text, "folder" text, "folderId" bigint, "irregular" boolean, "kind" text, "contentType" text, "size" bigint,
        "modifiedAt" timestamptz, "versionId" text, "etag" text, "crc64nvme" text, "storageClass" text)
    ), asset AS (
      INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "irregular", "state", "appliedTicket", "kind", "contentType", "size",
                           "modifiedAt", "versionId", "etag", "storageClass", "versionCount")
      SELECT ${library.id}::bigint, "folderId", "path", "name", "irregular", 'live', ${ticket}::bigint, "kind", "contentType", "size",
             "modifiedAt", "versionId", "etag", "storageClass", 1
      FROM given ORDER BY "path" COLLATE "C"
      ON CONFLICT ("libraryId", "path") DO NOTHING
      RETURNING "id", "path"
    ), version AS (
      INSERT INTO "Version" ("assetId", "folderId", "versionId", "seq", "isDeleteMarker", "size", "etag", "crc64nvme", "contentType",
                             "storageClass", "modifiedAt", "validFrom")
      SELECT a."id", g."folderId", g."versionId", 1, false, g."size", g."etag", decode(g."crc64nvme", 'base64'), g."contentType",
             g."storageClass", g."modifiedAt", g."modifiedAt"
      FROM asset a JOIN given g ON g."path" = a."path"
    ), delta AS (
      INSERT INTO "FolderDelta" ("libraryId", "path", "assetCount", "bytes")
      SELECT ${library.id}::bigint, g."folder", count(*), sum(g."size")
      FROM asset a JOIN given g ON g."path" = a."path" GROUP BY g."folder"
    ), change AS (
      INSERT INTO "Change" ("libraryId", "kind", "refId", "path")
      SELECT ${library.id}::bigint, 'asset', "id"::text, "path" FROM asset
    )
    SELECT "path" FROM asset`;
  const paths = new Set(made.map((row) => row.path));
  const recorded = rows.filter((row) => paths.has(row.path));
  const libraryId = String(library.id);
  await enqueueInspections(
    tx,
    recorded.map(({ key, versionId, etag }) => ({ libraryId, key, versionId, etag })),
  );
  return new Set(recorded.map((row) => row.key));
}

async function withoutKnown(
  tx: Tx,
  library: Pick<LibraryContext, 'id' | 'rootPrefix'>,
  heads: HeadedObject[],
): Promise<{ path: string; head: HeadedObject }[]> {
  const given = heads.flatMap((head) => {
    const path = toPath(library, head.key);
    return path === null || path === '' || path.endsWith('/') ? [] : [{ path, head }];
  });
  const paths = given.map((one) => one.path);
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" = ANY(${paths})`;
  const known = new Set(rows.map((row) => row.path));
  return given.filter((one) => !known.has(one.path));
}
