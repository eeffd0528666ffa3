import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { OtherTool, RawVersion } from './other-tool.ts';

type Row = {
  path: string;
  state: string;
  size: bigint;
  versionId: string;
  versionCount: number;
  versions: RawVersion[] | null;
};

/**
 * Where the index is not the bucket, in sentences; none when it is. The bucket is read raw by another tool. Of a key that no listing shows
 * since a file lies over its folder, every version that the index has must answer.
 */
export async function findIndexFaults(library: LibraryContext, tool: OtherTool): Promise<string[]> {
  const faults: string[] = [];
  const raw = await tool.read(library.rootPrefix);
  const bucket = new Map([...raw].map(([key, versions]) => [key.slice(library.rootPrefix.length), versions]));
  const index = new Map((await readAssets(library.id)).map((row) => [row.path, row]));
  for (const [path, versions] of bucket) {
    // An empty object whose key ends in "/" is a folder, and its row is judged below.
    if (path.endsWith('/') && versions.every((version) => version.size === 0) && !index.has(path)) continue;
    const row = index.get(path);
    const [is, should] = [say(row?.versions ?? []), say(versions)];
    if (is !== should) faults.push(`${JSON.stringify(path)}: the bucket holds ${should}; the index says ${is}.`);
    else if (row) faults.push(...findDerived(row, versions));
  }
  for (const [path, row] of index) {
    if (bucket.has(path)) continue;
    for (const version of row.versions ?? []) {
      if (version.isDeleteMarker && row.versions?.some((other) => !other.isDeleteMarker)) continue;
      if (!version.isDeleteMarker && (await tool.answers(library.rootPrefix + path, version.versionId))) continue;
      faults.push(`${JSON.stringify(path)}: the index has ${version.versionId}, which is not in the bucket.`);
    }
  }
  return [...faults, ...(await findFolderFaults(library, bucket, tool))];
}

const say = (versions: RawVersion[]) =>
  versions
    .map((version) => `${version.isDeleteMarker ? 'marker' : `${version.size} B ${version.etag}`} ${version.versionId}`)
    .join(', ') || 'nothing';

function findDerived(row: Row, versions: RawVersion[]): string[] {
  const content = versions.find((version) => !version.isDeleteMarker);
  const state = !content ? 'gone' : versions[0]?.isDeleteMarker ? 'trashed' : 'live';
  const right =
    row.state === state &&
    row.versionCount === versions.filter((version) => !version.isDeleteMarker).length &&
    (!content || (row.versionId === content.versionId && Number(row.size) === content.size));
  return right ? [] : [`${JSON.stringify(row.path)} is shown as ${row.state}, and is ${state}.`];
}

function readAssets(libraryId: bigint): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT a."path", a."state"::text AS "state", a."size", a."versionId", a."versionCount", (
      SELECT json_agg(json_build_object('versionId', v."versionId", 'isDeleteMarker', v."isDeleteMarker", 'size', v."size", 'etag', v."etag")
                      ORDER BY v."seq" DESC)
      FROM "Version" v WHERE v."assetId" = a."id" AND v."removedAt" IS NULL) AS "versions"
    FROM "Asset" a WHERE a."libraryId" = ${libraryId}`;
}

/** Markers of folders against the bucket, and the counts of every folder against the assets in it. */
async function findFolderFaults(
  library: LibraryContext,
  bucket: Map<string, RawVersion[]>,
  tool: OtherTool,
): Promise<string[]> {
  const rows = await db().$queryRaw<
    { path: string; marker: string | null; count: number; bytes: number; assets: number; sum: number }[]
  >`
    SELECT f."path", f."markerVersionId" AS "marker",
      (f."assetCount" + coalesce((SELECT sum("assetCount") FROM "FolderDelta" d WHERE d."libraryId" = f."libraryId" AND starts_with(d."path", f."path")), 0))::float8 AS "count",
      (f."bytes" + coalesce((SELECT sum("bytes") FROM "FolderDelta" d WHERE d."libraryId" = f."libraryId" AND starts_with(d."path", f."path")), 0))::float8 AS "bytes",
      (SELECT count(*) FROM "Asset" a WHERE a."libraryId" = f."libraryId" AND a."state" = 'live' AND starts_with(a."path", f."path") AND a."path" <> f."path")::float8 AS "assets",
      (SELECT coalesce(sum("size"), 0) FROM "Asset" a WHERE a."libraryId" = f."libraryId" AND a."state" = 'live' AND starts_with(a."path", f."path") AND a."path" <> f."path")::float8 AS "sum"
    FROM "Folder" f WHERE f."libraryId" = ${library.id}`;
  const faults: string[] = [];
  for (const row of rows) {
    const top = bucket.get(row.path)?.[0];
    const marker = top && !top.isDeleteMarker ? top.versionId : null;
    const hidden =
      row.marker !== null && marker === null && (await tool.answers(library.rootPrefix + row.path, row.marker));
    if (marker !== row.marker && !hidden) {
      faults.push(
        `The folder ${JSON.stringify(row.path)} has the marker ${row.marker}; in the bucket it is ${marker}.`,
      );
    }
    if (row.count !== row.assets || row.bytes !== row.sum) {
      faults.push(
        `The folder ${JSON.stringify(row.path)} counts ${row.count} (${row.bytes} B) and holds ${row.assets} (${row.sum} B).`,
      );
    }
  }
  const folders = new Set(rows.map((row) => row.path));
  for (const [path, versions] of bucket) {
    if (path.endsWith('/') && !versions[0]?.isDeleteMarker && !folders.has(path))
      faults.push(`The folder ${JSON.stringify(path)} is missing.`);
  }
  return faults;
}
