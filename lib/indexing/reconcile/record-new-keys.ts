import { contentTypeOf, kindOf } from '#lib/assets/kind-of.ts';
import { db } from '#lib/db.ts';
import { assetName, isIrregularAsset, parentFolder } from '#lib/libraries/path-rules.ts';
import type { ListedKey } from '#lib/storage/list-version-keys.ts';
import { ensureFoldersOf } from '../ensure-folders-of.ts';
import { type PlannedVersion, planVersions } from '../plan-versions.ts';

export type NewKey = { path: string; listed: ListedKey };

/**
 * Records keys that the index does not know, each with its whole history, in a handful of statements whatever their number. Kind and type
 * come from the name until the bytes are inspected. Open pages hear of the folders, not of each file.
 * @param ticket taken before the listing began
 * @returns the paths that were recorded; what another writer recorded meanwhile is left out, for `syncKey`
 */
export async function recordNewKeys(libraryId: bigint, keys: NewKey[], ticket: bigint): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const now = new Date();
  const planned = keys.map(({ path, listed }) => ({ path, versions: planVersions([], listed.versions, now) }));
  const folderIds = await ensureFoldersOf(
    libraryId,
    planned.map(({ path, versions }) => ({ path, firstAt: versions[0]?.modifiedAt ?? now })),
  );
  const folderIdOf = (path: string) => String(folderIds.get(parentFolder(path)));
  const assets = planned.map(({ path, versions }) => ({
    ...assetRow(path, versions),
    path,
    folder: parentFolder(path),
    folderId: folderIdOf(path),
  }));
  const versions = planned.flatMap((key) =>
    key.versions.map((version) => versionRow(key.path, folderIdOf(key.path), version)),
  );
  const made = await db().$queryRaw<{ path: string }[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(assets)}::jsonb) AS r(
        "path" text, "name" text, "folder" text, "folderId" bigint, "irregular" boolean, "state" "AssetState", "kind" text,
        "contentType" text, "size" bigint, "modifiedAt" timestamptz, "versionId" text, "etag" text, "storageClass" text,
        "versionCount" int, "trashedAt" timestamptz)
    ), asset AS (
      INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "irregular", "state", "appliedTicket", "kind", "contentType", "size",
                           "modifiedAt", "versionId", "etag", "storageClass", "versionCount", "trashedAt")
      SELECT ${libraryId}::bigint, "folderId", "path", "name", "irregular", "state", ${ticket}::bigint, "kind", "contentType", "size",
             "modifiedAt", "versionId", "etag", "storageClass", "versionCount", "trashedAt"
      FROM given
      -- What a later look did not find any more is not made of an older listing.
      WHERE NOT EXISTS (SELECT FROM "Absence" b WHERE b."libraryId" = ${libraryId}::bigint AND b."path" = given."path" COLLATE "C"
                        AND b."ticket" > ${ticket}::bigint)
      ORDER BY "path" COLLATE "C"
      ON CONFLICT ("libraryId", "path") DO NOTHING
      RETURNING "id", "path", "folderId", "state", "size"
    ), version AS (
      INSERT INTO "Version" ("assetId", "folderId", "versionId", "seq", "isDeleteMarker", "size", "etag", "contentType", "storageClass",
                             "modifiedAt", "validFrom", "validTo")
      SELECT a."id", v."folderId", v."versionId", v."seq", v."isDeleteMarker", v."size", v."etag", v."contentType", v."storageClass",
             v."modifiedAt", v."validFrom", v."validTo"
      FROM asset a JOIN jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS v(
        "path" text, "folderId" bigint, "versionId" text, "seq" int, "isDeleteMarker" boolean, "size" bigint, "etag" text,
        "contentType" text, "storageClass" text, "modifiedAt" timestamptz, "validFrom" timestamptz, "validTo" timestamptz)
        ON v."path" = a."path"
    ), delta AS (
      INSERT INTO "FolderDelta" ("libraryId", "path", "assetCount", "bytes")
      SELECT ${libraryId}::bigint, g."folder", count(*), sum(g."size")
      FROM asset a JOIN given g ON g."path" = a."path" WHERE a."state" = 'live' GROUP BY g."folder"
    ), change AS (
      INSERT INTO "Change" ("libraryId", "kind", "refId", "path")
      SELECT DISTINCT ${libraryId}::bigint, 'folder', g."folderId"::text, g."folder" FROM asset a JOIN given g ON g."path" = a."path"
    )
    SELECT "path" FROM asset`;
  return new Set(made.map((row) => row.path));
}

/** The columns that a listing of the folder reads, as `applyListing` would set them. */
function assetRow(path: string, versions: PlannedVersion[]) {
  const contents = versions.filter((version) => !version.isDeleteMarker);
  const [oldest, top] = [versions[0], versions.at(-1)] as [PlannedVersion, PlannedVersion];
  const shown = contents.at(-1);
  const name = assetName(path);
  const contentType = shown ? contentTypeOf(name) : null;
  return {
    name,
    irregular: isIrregularAsset(path),
    state: !shown ? 'gone' : top.isDeleteMarker ? 'trashed' : 'live',
    kind: kindOf(name, contentType),
    contentType,
    size: String(shown?.size ?? 0),
    modifiedAt: (shown ?? oldest).modifiedAt.toISOString(),
    versionId: (shown ?? oldest).versionId,
    etag: shown?.etag ?? null,
    storageClass: shown?.storageClass ?? 'STANDARD',
    versionCount: contents.length,
    trashedAt: shown && top.isDeleteMarker ? top.modifiedAt.toISOString() : null,
  };
}

function versionRow(path: string, folderId: string, version: PlannedVersion) {
  return {
    path,
    folderId,
    versionId: version.versionId,
    seq: version.seq,
    isDeleteMarker: version.isDeleteMarker,
    size: String(version.size),
    etag: version.etag,
    contentType: version.isDeleteMarker ? null : contentTypeOf(assetName(path)),
    storageClass: version.storageClass,
    modifiedAt: version.modifiedAt.toISOString(),
    validFrom: version.validFrom.toISOString(),
    validTo: version.validTo?.toISOString() ?? null,
  };
}
