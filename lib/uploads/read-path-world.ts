import type { Tx } from '#lib/db.ts';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { candidatePrefix } from './name-conflict.ts';
import { type AssetFact, filesAbove, type OpenUpload, type PathWorld, type WantedPath } from './plan-reservations.ts';

/**
 * What lies at, above and below the wanted paths: assets that have any version, open uploads, folder markers (DESIGN section 5, Names).
 * Read under `lockPaths`. Five statements a batch, whatever its size.
 */
export async function readPathWorld(
  tx: Tx,
  library: LibraryContext,
  userId: bigint,
  wanted: WantedPath[],
  limits: { rootPrefix: string; maxSegmentBytes: number | null },
): Promise<PathWorld> {
  const paths = [...new Set(wanted.map((file) => file.path))];
  const above = [...new Set(paths.flatMap(filesAbove))];
  const renamed = wanted.filter((file) => file.ifExists === 'rename').map((file) => file.path);
  const [assets, openUploads] = [
    await readAssets(tx, library.id, paths),
    await readOpen(tx, library.id, userId, paths),
  ];
  return {
    assets,
    openUploads,
    filesAbove: await readFilesAbove(tx, library.id, above),
    foldersAt: await readFoldersAt(tx, library.id, paths),
    takenNames: await readTakenNames(tx, library.id, [
      ...new Set(renamed.map((path) => candidatePrefix(path, limits))),
    ]),
  };
}

async function readAssets(tx: Tx, libraryId: bigint, paths: string[]): Promise<Map<string, AssetFact>> {
  const rows = await tx.$queryRaw<(Omit<AssetFact, 'id' | 'size'> & { id: bigint; size: bigint; path: string })[]>`
    SELECT "id", "path", "state"::text AS "state", "size", "modifiedAt", "versionId", "etag"
    FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" = ANY(${paths}) AND "state" <> 'gone'`;
  return new Map(rows.map(({ path, id, size, ...row }) => [path, { ...row, id: String(id), size: Number(size) }]));
}

type OpenRow = Omit<OpenUpload, 'isOwn' | 'size' | 'crc64nvme'> & {
  path: string;
  userId: bigint;
  size: bigint;
  crc64nvme: Uint8Array | null;
};

async function readOpen(tx: Tx, libraryId: bigint, userId: bigint, paths: string[]): Promise<Map<string, OpenUpload>> {
  const rows = await tx.$queryRaw<OpenRow[]>`
    SELECT "id", "path", "userId", "state"::text AS "state", "ifExists"::text AS "ifExists", "expectedVersionId", "size", "crc64nvme",
           "contentType", "fileModifiedAt"
    FROM "Upload"
    WHERE "libraryId" = ${libraryId} AND "path" = ANY(${paths}) AND "state" IN ('reserved', 'uploading', 'completing')`;
  return new Map(
    rows.map(({ path, userId: owner, size, crc64nvme, ...row }) => [
      path,
      {
        ...row,
        isOwn: owner === userId,
        size: Number(size),
        crc64nvme: crc64nvme ? Buffer.from(crc64nvme).toString('base64') : null,
      },
    ]),
  );
}

async function readFilesAbove(tx: Tx, libraryId: bigint, above: string[]): Promise<Set<string>> {
  if (above.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" = ANY(${above}) AND "state" <> 'gone'
    UNION ALL
    SELECT "path" FROM "Upload"
    WHERE "libraryId" = ${libraryId} AND "path" = ANY(${above}) AND "state" IN ('reserved', 'uploading', 'completing')`;
  return new Set(rows.map((row) => row.path));
}

/** A range of paths by byte order: all that start with "p/" lie between "p/" and "p0", since "0" follows "/". */
async function readFoldersAt(tx: Tx, libraryId: bigint, paths: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT w.path FROM unnest(${paths}::text[]) AS w(path)
    WHERE EXISTS (SELECT 1 FROM "Asset" a WHERE a."libraryId" = ${libraryId}
                    AND a."path" >= w.path || '/' AND a."path" < w.path || '0' AND a."state" <> 'gone')
       OR EXISTS (SELECT 1 FROM "Upload" u WHERE u."libraryId" = ${libraryId}
                    AND u."path" >= w.path || '/' AND u."path" < w.path || '0'
                    AND u."state" IN ('reserved', 'uploading', 'completing'))
       OR EXISTS (SELECT 1 FROM "Folder" f WHERE f."libraryId" = ${libraryId}
                    AND f."path" >= w.path || '/' AND f."path" < w.path || '0' AND f."markerVersionId" IS NOT NULL)`;
  return new Set(rows.map((row) => row.path));
}

/** Names that begin like the ones "keep both" may choose. The prefixes end in " (" or are nearly as long as a name may be: few rows each. */
async function readTakenNames(tx: Tx, libraryId: bigint, prefixes: string[]): Promise<Set<string>> {
  if (prefixes.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ prefix: string; path: string }[]>`
    SELECT p.prefix, found."path" FROM unnest(${prefixes}::text[]) AS p(prefix)
    CROSS JOIN LATERAL (
      SELECT a."path" FROM "Asset" a WHERE a."libraryId" = ${libraryId} AND a."state" <> 'gone'
        AND a."path" >= p.prefix AND a."path" < p.prefix || U&'\\+10FFFF'
      UNION ALL
      SELECT u."path" FROM "Upload" u WHERE u."libraryId" = ${libraryId} AND u."state" IN ('reserved', 'uploading', 'completing')
        AND u."path" >= p.prefix AND u."path" < p.prefix || U&'\\+10FFFF'
    ) AS found`;
  return new Set(rows.map(({ prefix, path }) => nameAt(prefix, path)));
}

/** What lies deeper makes its folder's name taken: "a (2)/x.jpg" takes "a (2)". */
function nameAt(prefix: string, path: string): string {
  const end = path.indexOf('/', parentFolder(prefix).length);
  return end === -1 ? path : path.slice(0, end);
}
