import { type AssetRow, toAssetEntry } from '#lib/assets/asset-entry.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';

/** Live assets by path, as listings show them: what an answer to a batch tells, in one statement. */
export async function readPathAssets(library: LibraryContext, paths: string[]): Promise<Map<string, AssetEntry>> {
  if (paths.length === 0) return new Map();
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT a."id", a."name", a."path", a."irregular", a."kind", a."contentType", a."size", a."modifiedAt", a."versionId",
           a."versionCount", a."storageClass", m."width", m."height", m."durationMs", m."thumbhash",
           ARRAY(SELECT t."name" FROM "Tag" t
                 WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags"
    FROM "Asset" a
    LEFT JOIN "MediaInfo" m ON m."libraryId" = ${library.id} AND m."key" = ${library.rootPrefix} || a."path"
      AND m."versionId" = a."versionId"
    WHERE a."libraryId" = ${library.id} AND a."path" = ANY(${paths}) AND a."state" = 'live'`;
  return new Map(rows.map((row) => [row.path, toAssetEntry(row)]));
}
