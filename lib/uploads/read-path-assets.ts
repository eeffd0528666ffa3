import type { AssetRow } from '#lib/assets/asset-entry.ts';
import { mediaColumns, mediaJoins } from '#lib/assets/media-sql.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { toAssetEntries } from '#lib/assets/to-asset-entries.ts';
import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';

/** Live assets by path, as listings show them: what an answer to a batch tells, in one statement. */
export async function readPathAssets(library: LibraryContext, paths: string[]): Promise<Map<string, AssetEntry>> {
  if (paths.length === 0) return new Map();
  const rows = await db().$queryRaw<AssetRow[]>`
    SELECT a."id", a."name", a."path", a."irregular", a."kind", a."contentType", a."size", a."modifiedAt", a."versionId",
           a."etag", a."versionCount", a."storageClass", ${mediaColumns},
           ARRAY(SELECT t."name" FROM "Tag" t
                 WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags"
    FROM "Asset" a
    ${mediaJoins(library)}
    WHERE a."libraryId" = ${library.id} AND a."path" = ANY(${paths}) AND a."state" = 'live'`;
  // What was sent just now waits for the worker already.
  const entries = await toAssetEntries(library, rows, { ask: false });
  return new Map(entries.map((entry) => [entry.path, entry]));
}
