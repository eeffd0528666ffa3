import { type FolderRow, holdsMarker, toFolderEntry } from '#lib/assets/read-folder-page.ts';
import type { FolderEntry } from '#lib/assets/schema.ts';
import { Prisma } from '#lib/db.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import { likePattern, planWords } from './plan-words.ts';
import { withinTime } from './within-time.ts';

const most = 20;

/**
 * Visible folders below `prefixes` whose path holds all words and whose own name holds at least one: "lakes" finds `autumn/lakes/`
 * and not each folder in it. Shortest path first, 20 at most, with exact rollups.
 */
export async function findFolders(libraryId: bigint, prefixes: string[], q: string): Promise<FolderEntry[]> {
  const patterns = planWords(q).map(likePattern);
  if (patterns.length === 0) return [];
  const inPath = patterns.map((pattern) => Prisma.sql`search_fold(f."path") LIKE ${pattern}`);
  const inName = patterns.map((pattern) => Prisma.sql`search_fold(f."name") LIKE ${pattern}`);
  const rows = await withinTime<FolderRow>(Prisma.sql`
    SELECT * FROM (
      SELECT f."name", f."path", f."assetCount" + u."assetCount" AS "assetCount", f."bytes" + u."bytes" AS "bytes",
        f."markerVersionId" IS NOT NULL OR f."assetCount" + u."assetCount" > 0 OR ${holdsMarker} AS "visible"
      FROM (
        SELECT f.* FROM "Folder" f
        WHERE f."libraryId" = ${libraryId} AND f."path" <> '' AND ${withinPrefixes(Prisma.sql`f."path"`, prefixes)}
          AND ${Prisma.join(inPath, ' AND ')} AND (${Prisma.join(inName, ' OR ')})
        ORDER BY length(f."path"), f."path" LIMIT ${most * 5}
      ) f CROSS JOIN LATERAL (
        SELECT coalesce(sum(d."assetCount"), 0)::bigint AS "assetCount", coalesce(sum(d."bytes"), 0)::bigint AS "bytes"
        FROM "FolderDelta" d
        WHERE d."libraryId" = f."libraryId" AND d."path" >= f."path" AND d."path" < left(f."path", -1) || '0'
      ) u
    ) found WHERE "visible" ORDER BY length("path"), "path" LIMIT ${most}`);
  return rows.map(toFolderEntry);
}
