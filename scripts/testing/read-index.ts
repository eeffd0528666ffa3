import { db } from '#lib/db.ts';

export type IndexSnapshot = {
  assets: Record<string, { state: string; size: number; versions: string[]; [column: string]: unknown }>;
  folders: Record<string, { marked: boolean; assetCount: number; bytes: number; firstAt: string | null }>;
};

/**
 * Everything that the index says about a library, without ids: what a rebuild must give back. Folder counts are folded and waiting ones
 * together; versions are those that are there, newest first.
 */
export async function readIndex(libraryId: bigint): Promise<IndexSnapshot> {
  const assets = await db().asset.findMany({
    where: { libraryId },
    orderBy: { path: 'asc' },
    include: { folder: { select: { path: true } }, versions: { where: { removedAt: null }, orderBy: { seq: 'desc' } } },
  });
  const folders = await db().$queryRaw<
    {
      path: string;
      name: string;
      parent: string | null;
      marked: boolean;
      count: bigint;
      bytes: bigint;
      firstAt: Date | null;
    }[]
  >`
    SELECT f."path", f."name", p."path" AS "parent", f."markerVersionId" IS NOT NULL AS "marked", f."firstAt",
           f."assetCount" + coalesce(sum(d."assetCount"), 0)::bigint AS "count", f."bytes" + coalesce(sum(d."bytes"), 0)::bigint AS "bytes"
    FROM "Folder" f LEFT JOIN "Folder" p ON p."id" = f."parentId"
    LEFT JOIN "FolderDelta" d ON d."libraryId" = f."libraryId" AND starts_with(d."path", f."path")
    WHERE f."libraryId" = ${libraryId} GROUP BY f."id", p."path" ORDER BY f."path"`;
  return {
    assets: Object.fromEntries(
      assets.map(({ id: _, libraryId: __, folderId: ___, appliedTicket: ____, folder, versions, size, ...asset }) => [
        asset.path,
        {
          ...asset,
          size: Number(size),
          folder: folder.path,
          versions: versions.map((version) => version.versionId),
          history: versions.map(({ id: _id, assetId, folderId, crc64nvme, ...version }) => ({
            ...version,
            size: Number(version.size),
          })),
        },
      ]),
    ),
    folders: Object.fromEntries(
      folders.map(({ path, name, parent, marked, count, bytes, firstAt }) => [
        path,
        {
          name,
          parent,
          marked,
          assetCount: Number(count),
          bytes: Number(bytes),
          firstAt: firstAt?.toISOString() ?? null,
        },
      ]),
    ),
  };
}
