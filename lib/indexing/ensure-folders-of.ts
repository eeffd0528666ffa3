import { db, type Tx } from '#lib/db.ts';
import { foldersAbove, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';

type Row = { id: bigint; path: string; firstAt: Date | null };
type Wanted = { path: string; depth: number; firstAt: Date };

/**
 * `ensureFolders` for many paths: makes the folder rows above them where they are missing, and lets `firstAt` go back where something
 * older is found. In a transaction of its own, before the rows that lie in them: two writers that hold both new folders and new assets
 * could wait for each other. A folder without anything in it is not shown.
 * @param paths each with the time when the first thing there came to be
 * @returns the id of every folder above them, by path
 */
export async function ensureFoldersOf(
  libraryId: bigint,
  paths: { path: string; firstAt: Date }[],
): Promise<Map<string, bigint>> {
  const wanted = wantedFolders(paths);
  if (wanted.length === 0) return new Map();
  const known = new Map((await readFolders(db(), libraryId, wanted)).map((row) => [row.path, row]));
  const ids = new Map([...known].map(([path, { id }]) => [path, id]));
  const open = wanted.filter(({ path, firstAt }) => {
    const before = known.get(path)?.firstAt;
    return !before || firstAt < before;
  });
  if (open.length === 0) return ids;
  return db().$transaction(async (tx) => {
    const deepest = open.reduce((depth, folder) => Math.max(depth, folder.depth), 0);
    // Parents first: a row needs the id of the one above.
    for (let depth = 0; depth <= deepest; depth += 1) {
      const level = open.filter((folder) => folder.depth === depth);
      if (level.length === 0) continue;
      for (const row of await putFolders(tx, libraryId, level, ids)) ids.set(row.path, row.id);
    }
    return ids;
  });
}

/** Each folder above the paths once, in byte order, so that two writers meet the rows in one order. */
function wantedFolders(paths: { path: string; firstAt: Date }[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { path, firstAt } of paths) {
    for (const [depth, folder] of ['', ...foldersAbove(path)].entries()) {
      const found = wanted.get(folder);
      if (!found) wanted.set(folder, { path: folder, depth, firstAt });
      else if (firstAt < found.firstAt) found.firstAt = firstAt;
    }
  }
  return [...wanted.values()];
}

function readFolders(tx: Pick<Tx, '$queryRaw'>, libraryId: bigint, wanted: Wanted[]): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT "id", "path", "firstAt" FROM "Folder"
    WHERE "libraryId" = ${libraryId} AND "path" = ANY(${wanted.map((folder) => folder.path)})`;
}

async function putFolders(
  tx: Tx,
  libraryId: bigint,
  level: Wanted[],
  ids: Map<string, bigint>,
): Promise<{ id: bigint; path: string }[]> {
  const rows = level.map(({ path, firstAt }) => ({
    path,
    name: nameOf(path),
    firstAt: firstAt.toISOString(),
    parentId: path === '' ? null : String(ids.get(parentFolder(path))),
  }));
  return tx.$queryRaw<{ id: bigint; path: string }[]>`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "firstAt")
    SELECT ${libraryId}::bigint, g."parentId", g."path", g."name", g."firstAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g("path" text, "name" text, "firstAt" timestamptz, "parentId" bigint)
    ORDER BY g."path" COLLATE "C"
    ON CONFLICT ("libraryId", "path") DO UPDATE SET "firstAt" = LEAST("Folder"."firstAt", EXCLUDED."firstAt")
    RETURNING "id", "path"`;
}
