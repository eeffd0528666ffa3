import type { Tx } from '#lib/db.ts';
import { foldersAbove, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';

/**
 * Makes the folder rows above a path where they are missing and returns the id of the nearest one.
 * Rows are made from the root downwards, so that two writers wait for each other in one order.
 * @param firstAt when the first thing below it came to be, as far as this write knows
 */
export async function ensureFolders(tx: Tx, libraryId: bigint, path: string, firstAt: Date): Promise<bigint> {
  const wanted = ['', ...foldersAbove(path)];
  const rows = await tx.$queryRaw<{ id: bigint; path: string }[]>`
    SELECT "id", "path" FROM "Folder" WHERE "libraryId" = ${libraryId} AND "path" = ANY(${wanted})`;
  const ids = new Map(rows.map((row) => [row.path, row.id]));
  for (const folder of wanted) {
    if (ids.has(folder)) continue;
    const parentId = folder === '' ? null : (ids.get(parentFolder(folder)) as bigint);
    // DO UPDATE instead of DO NOTHING: the row of a writer that came first is returned as well.
    const made = await tx.$queryRaw<{ id: bigint }[]>`
      INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "firstAt")
      VALUES (${libraryId}, ${parentId}, ${folder}, ${nameOf(folder)}, ${firstAt})
      ON CONFLICT ("libraryId", "path") DO UPDATE SET "firstAt" = LEAST("Folder"."firstAt", EXCLUDED."firstAt")
      RETURNING "id"`;
    ids.set(folder, made[0]?.id as bigint);
  }
  return ids.get(wanted.at(-1) as string) as bigint;
}
