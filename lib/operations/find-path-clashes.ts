import { db } from '#lib/db.ts';
import { foldersAbove, nameOf, prefixEnd } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { PathClash } from './plan-untrash.ts';

/**
 * Paths that cannot come back, because a file would stand where a folder is or under another file. Where the store holds both
 * side by side (AWS), nothing clashes; a file on its way counts as one that is there; on MinIO a file hides all keys below its name (s3-facts 7c).
 */
export async function findPathClashes(library: LibraryContext, paths: string[]): Promise<Map<string, PathClash>> {
  const clashes = new Map<string, PathClash>();
  if (library.capabilities.fileHidesFolder === false || paths.length === 0) return clashes;
  const above = new Map(paths.map((path) => [path, foldersAbove(path).map((folder) => folder.slice(0, -1))]));
  const wanted = [...new Set([...above.values()].flat())];
  const files = await db().$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" = ANY(${wanted}) AND "state" = 'live'
    UNION SELECT "path" FROM "Upload"
    WHERE "libraryId" = ${library.id} AND "path" = ANY(${wanted}) AND "state" IN ('reserved', 'uploading', 'completing')`;
  const live = new Set(files.map((file) => file.path));
  const below = await pathsWithLiveBelow(library.id, paths);
  for (const path of paths) {
    const file = above.get(path)?.find((one) => live.has(one));
    if (file) {
      clashes.set(path, {
        code: 'path_under_file',
        detail: `A file named ${nameOf(file)} is where its folder was. Rename that file first.`,
      });
    } else if (below.has(path)) {
      clashes.set(path, {
        code: 'path_is_folder',
        detail: `A folder named ${nameOf(path)} is there now. Rename that folder first.`,
      });
    }
  }
  return clashes;
}

async function pathsWithLiveBelow(libraryId: bigint, paths: string[]): Promise<Set<string>> {
  const starts = paths.map((path) => `${path}/`);
  const ends = starts.map((start) => prefixEnd(start) as string);
  const rows = await db().$queryRaw<{ start: string }[]>`
    SELECT range."start" FROM unnest(${starts}::text[], ${ends}::text[]) AS range("start", "end")
    WHERE EXISTS (SELECT 1 FROM "Asset" a WHERE a."libraryId" = ${libraryId} AND a."state" = 'live'
      AND a."path" >= range."start" COLLATE "C" AND a."path" < range."end" COLLATE "C")
    OR EXISTS (SELECT 1 FROM "Upload" u WHERE u."libraryId" = ${libraryId} AND u."state" IN ('reserved', 'uploading', 'completing')
      AND u."path" >= range."start" COLLATE "C" AND u."path" < range."end" COLLATE "C")`;
  return new Set(rows.map((row) => row.start.slice(0, -1)));
}
