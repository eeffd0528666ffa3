import { contentTypeOf, kindOf } from '#lib/assets/kind-of.ts';
import type { Tx } from '#lib/db.ts';
import { type LayoutOf, toPath } from '#lib/libraries/layout.ts';
import { assetName, parentFolder } from '#lib/libraries/path-rules.ts';
import { enqueueCopied } from '#lib/renditions/inspection-jobs.ts';
import { applyListing } from './apply-listing.ts';
import { type KeyLook, makeMissingAssets } from './make-missing-assets.ts';
import { type KnownVersion, type PlannedVersion, planVersions } from './plan-versions.ts';

type LibraryKeys = LayoutOf & { id: bigint };
type AssetRow = {
  id: bigint;
  path: string;
  folderId: bigint;
  appliedTicket: bigint;
  state: string;
  size: bigint;
  versionId: string;
  contentType: string | null;
};
type Known = KnownVersion & { assetId: bigint; contentType: string | null; sniffedKind: string | null };
type Planned = { row: AssetRow; key: string; ticket: bigint; known: Known[]; versions: PlannedVersion[] };

/**
 * `applyListing` for many keys that are new, or only gained versions or lost delete markers, in a handful of statements whatever
 * their number. The others are applied one by one.
 * The ids are said beside the rows of a batch: a small table is otherwise read whole for each.
 * @param looks by key; every version and marker of exactly that key
 */
export async function applyListings(tx: Tx, library: LibraryKeys, looks: ReadonlyMap<string, KeyLook>): Promise<void> {
  const keyOf = new Map<string, string>();
  for (const key of looks.keys()) {
    const path = toPath(library, key);
    if (path && !path.endsWith('/')) keyOf.set(path, key);
  }
  const lookAt = (path: string) => looks.get(keyOf.get(path) as string) as KeyLook;
  await makeMissingAssets(tx, library.id, new Map([...keyOf.keys()].map((path) => [path, lookAt(path)])));
  const rows = await tx.$queryRaw<AssetRow[]>`
    SELECT "id", "path", "folderId", "appliedTicket", "state"::text AS "state", "size", "versionId", "contentType"
    FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" = ANY(${[...keyOf.keys()]}) ORDER BY "path" FOR UPDATE`;
  const known = await readKnown(
    tx,
    library,
    rows.map((row) => row.id),
  );
  const now = new Date();
  const planned: Planned[] = [];
  const handled = new Set<string>();
  for (const row of rows) {
    const key = keyOf.get(row.path) as string;
    const own = known.get(row.id) ?? [];
    const { ticket, listed } = lookAt(row.path);
    const versions = planVersions(own, listed, now);
    const isPlain = versions.every(
      ({ removedAt, changed, isDeleteMarker }) => removedAt === null || !changed || isDeleteMarker,
    );
    if (row.appliedTicket > ticket) handled.add(key);
    else if (isPlain && versions.some((version) => version.removedAt === null && !version.isDeleteMarker)) {
      handled.add(key);
      planned.push({ row, key, ticket, known: own, versions });
    }
  }
  await writeVersions(tx, planned);
  await writeAssets(tx, library, planned);
  await enqueueCopied(
    tx,
    library.id,
    planned.flatMap(({ key, versions }) =>
      versions
        .filter(({ id, isDeleteMarker }) => id === null && !isDeleteMarker)
        .map(({ versionId, etag }) => ({ key, versionId, etag: etag ?? '' })),
    ),
  );
  for (const [key, { ticket, listed }] of looks)
    if (!handled.has(key)) await applyListing(tx, library, key, ticket, listed);
}

async function readKnown(tx: Tx, library: LibraryKeys, assetIds: bigint[]): Promise<Map<bigint, Known[]>> {
  const rows = await tx.$queryRaw<Known[]>`
    SELECT v."id", v."assetId", v."versionId", v."seq", v."isDeleteMarker", v."size", v."etag", v."storageClass", v."modifiedAt", v."validFrom",
      v."validTo", v."removedAt", v."contentType", m."kind" AS "sniffedKind"
    FROM "Version" v JOIN "Asset" a ON a."id" = v."assetId"
    LEFT JOIN "MediaInfo" m ON m."libraryId" = ${library.id} AND m."key" = ${library.rootPrefix} || a."path" AND m."versionId" = v."versionId"
      AND m."etag" = v."etag"
    WHERE v."assetId" = ANY(${assetIds}) AND a."id" = ANY(${assetIds})`;
  return Map.groupBy(rows, (row) => row.assetId);
}

async function writeVersions(tx: Tx, planned: Planned[]): Promise<void> {
  const rows = planned.flatMap(({ row, versions }) =>
    versions
      .filter((version) => version.changed)
      .map((version) => ({
        ...version,
        id: version.id === null ? null : String(version.id),
        assetId: String(row.id),
        folderId: String(row.folderId),
        size: String(version.size),
        contentType: version.isDeleteMarker ? null : contentTypeOf(assetName(row.path)),
      })),
  );
  const given = (some: typeof rows) => JSON.stringify(some);
  const old = rows.filter((row) => row.id !== null);
  if (old.length > 0) {
    await tx.$executeRaw`
      UPDATE "Version" v SET "seq" = r."seq", "storageClass" = r."storageClass", "modifiedAt" = r."modifiedAt", "validFrom" = r."validFrom",
        "validTo" = r."validTo", "removedAt" = r."removedAt"
      FROM jsonb_to_recordset(${given(old)}::jsonb) AS r("id" bigint, "seq" int, "storageClass" text, "modifiedAt" timestamptz,
        "validFrom" timestamptz, "validTo" timestamptz, "removedAt" timestamptz)
      WHERE v."id" = r."id" AND v."id" = ANY(${old.map(({ id }) => id)}::bigint[])`;
  }
  const fresh = rows.filter((row) => row.id === null);
  if (fresh.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Version" ("assetId", "folderId", "versionId", "seq", "isDeleteMarker", "size", "etag", "contentType", "storageClass",
                           "modifiedAt", "validFrom", "validTo")
    SELECT "assetId", "folderId", "versionId", "seq", "isDeleteMarker", "size", "etag", "contentType", "storageClass", "modifiedAt", "validFrom", "validTo"
    FROM jsonb_to_recordset(${given(fresh)}::jsonb) AS r("assetId" bigint, "folderId" bigint, "versionId" text, "seq" int,
      "isDeleteMarker" boolean, "size" bigint, "etag" text, "contentType" text, "storageClass" text, "modifiedAt" timestamptz,
      "validFrom" timestamptz, "validTo" timestamptz)`;
}

async function writeAssets(tx: Tx, library: LibraryKeys, planned: Planned[]): Promise<void> {
  if (planned.length === 0) return;
  const rows = planned.map(assetAfter);
  await tx.$executeRaw`
    UPDATE "Asset" a SET "state" = r."state"::"AssetState", "appliedTicket" = r."ticket", "versionCount" = r."versionCount", "trashedAt" = r."trashedAt",
      "kind" = r."kind", "contentType" = r."contentType", "size" = r."size", "modifiedAt" = r."modifiedAt", "versionId" = r."versionId",
      "etag" = r."etag", "storageClass" = r."storageClass"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("id" bigint, "ticket" bigint, "state" text, "versionCount" int, "trashedAt" timestamptz, "kind" text,
      "contentType" text, "size" bigint, "modifiedAt" timestamptz, "versionId" text, "etag" text, "storageClass" text)
    WHERE a."id" = r."id" AND a."id" = ANY(${rows.map(({ id }) => id)}::bigint[])`;
  const deltas = rows
    .map(({ path, count, bytes }) => ({ path: parentFolder(path), count, bytes }))
    .filter(({ count, bytes }) => count !== 0 || bytes !== '0');
  if (deltas.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "FolderDelta" ("libraryId", "path", "assetCount", "bytes")
      SELECT ${library.id}::bigint, "path", sum("count"), sum("bytes")
      FROM jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb) AS r("path" text, "count" int, "bytes" bigint) GROUP BY "path"`;
  }
  const changed = rows.filter((row) => row.changed).map(({ id, path }) => ({ id, path }));
  if (changed.length > 0) {
    await tx.$executeRaw`
      INSERT INTO "Change" ("libraryId", "kind", "refId", "path")
      SELECT ${library.id}::bigint, 'asset', "id", "path" FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r("id" text, "path" text)`;
  }
}

/** The row of an asset and its share of the folder's sums, as `applyListing` would set them. It has content: the caller has seen to it. */
function assetAfter({ row, ticket, known, versions }: Planned) {
  const present = versions.filter((version) => version.removedAt === null);
  const contents = present.filter((version) => !version.isDeleteMarker);
  const [shown, top] = [contents.at(-1), present.at(-1)] as [PlannedVersion, PlannedVersion];
  const state = top.isDeleteMarker ? 'trashed' : 'live';
  const name = assetName(row.path);
  const before = known.find(({ id }) => id === shown.id);
  const contentType = (before ? before.contentType : contentTypeOf(name)) ?? row.contentType;
  const was = row.state === 'live' ? { count: 1, bytes: row.size } : { count: 0, bytes: 0n };
  const is = state === 'live' ? { count: 1, bytes: shown.size } : { count: 0, bytes: 0n };
  return {
    id: String(row.id),
    ticket: String(ticket),
    path: row.path,
    state,
    versionCount: contents.length,
    trashedAt: state === 'trashed' ? top.modifiedAt : null,
    kind: before?.sniffedKind ?? kindOf(name, contentType),
    contentType,
    size: String(shown.size),
    modifiedAt: shown.modifiedAt,
    versionId: shown.versionId,
    etag: shown.etag,
    storageClass: shown.storageClass ?? 'STANDARD',
    count: is.count - was.count,
    bytes: String(is.bytes - was.bytes),
    changed: row.state !== state || versions.some((version) => version.changed),
  };
}
