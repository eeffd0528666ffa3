import { contentTypeOf, kindOf } from '#lib/assets/kind-of.ts';
import type { Tx } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { type LayoutOf, toKey, toPath } from '#lib/libraries/layout.ts';
import { assetName, isIrregularAsset, parentFolder } from '#lib/libraries/path-rules.ts';
import { enqueueInspections, jobKeyOf, priorities } from '#lib/renditions/inspection-jobs.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { isAbsentSince, lockUnknownPath, recordAbsence } from './absence.ts';
import { applyFolderMarker } from './apply-folder-marker.ts';
import { ensureFolders } from './ensure-folders.ts';
import { type KnownVersion, type PlannedVersion, planVersions } from './plan-versions.ts';
import { recordChange } from './record-change.ts';

export type SyncedAsset = { assetId: bigint; path: string; state: 'live' | 'trashed' | 'gone'; versionId: string };
/** What a HEAD told about versions that a listing does not carry. */
export type HeadFacts = Map<string, { contentType: string | null; crc64nvme: string | null }>;
type LibraryKeys = LayoutOf & { id: bigint };

type AssetRow = {
  id: bigint;
  appliedTicket: bigint;
  state: 'live' | 'trashed' | 'gone';
  size: bigint;
  versionId: string;
  contentType: string | null;
};

/**
 * Makes the index say about one key what a listing of it said: versions, current pointer, folder rollup, change note.
 * A listing with an older ticket than the one applied last changes nothing.
 * @param ticket taken before the listing began (`takeTicket`)
 * @param listed every version and marker of exactly this key, newest first, in the store's order
 * @param inspect whether new versions are inspected at once; whoever lists a whole bucket leaves that to the first look at them
 * @returns null when the key lies outside the library, is an empty folder's marker, or is unknown and has no versions
 */
export async function applyListing(
  tx: Tx,
  library: LibraryKeys,
  key: string,
  ticket: bigint,
  listed: ListedVersion[],
  heads: HeadFacts = new Map(),
  inspect = true,
): Promise<SyncedAsset | null> {
  const path = toPath(library, key);
  if (path === null || path === '') return null;
  if (path.endsWith('/')) {
    await applyFolderMarker(tx, library.id, path, listed, ticket);
    // A marker that another tool gave bytes is an asset as well; one that lost them is followed to its end.
    if (!listed.some((version) => version.size > 0) && !(await isAsset(tx, library.id, path))) return null;
  }
  const asset = await lockAsset(tx, library.id, path, listed, ticket);
  if (!asset) return null;
  if (asset.appliedTicket > ticket) return { assetId: asset.id, path, state: asset.state, versionId: asset.versionId };

  const folderId = await folderOf(tx, asset.id);
  const planned = planVersions(await knownVersions(tx, asset.id), listed, new Date());
  await writeVersions(tx, asset.id, folderId, assetName(path), planned, heads);
  await followVersions(tx, library, key, planned, inspect);
  return writeAsset(tx, library, path, asset, ticket, planned, heads);
}

/** New bytes are looked at by the worker, and the pictures of those that are gone are removed. */
async function followVersions(
  tx: Tx,
  library: LibraryKeys,
  key: string,
  planned: PlannedVersion[],
  inspect: boolean,
): Promise<void> {
  const libraryId = String(library.id);
  const fresh = planned.filter(
    (version) => version.id === null && !version.isDeleteMarker && version.removedAt === null,
  );
  if (inspect) {
    const jobs = fresh.map(({ versionId, etag }) => ({ libraryId, key, versionId, etag: etag ?? '' }));
    await enqueueInspections(tx, jobs);
  }
  if (planned.some((version) => version.changed && version.removedAt !== null && !version.isDeleteMarker)) {
    const jobKey = jobKeyOf('remove-renditions', { libraryId, key, versionId: '', etag: '' });
    await enqueue(tx, 'remove-renditions', { libraryId, key }, { jobKey, priority: priorities.uploaded });
  }
}

async function isAsset(tx: Tx, libraryId: bigint, path: string): Promise<boolean> {
  const where = { libraryId_path: { libraryId, path } };
  return (await tx.asset.findUnique({ where, select: { id: true } })) !== null;
}

/**
 * Locks the row of a path, making it first when the listing shows that there is something. A listing that shows nothing of a path without
 * a row leaves its ticket, so that an older one which is still under way makes no row of what is gone.
 */
export async function lockAsset(
  tx: Tx,
  libraryId: bigint,
  path: string,
  listed: ListedVersion[],
  ticket: bigint,
): Promise<AssetRow | null> {
  const find = () => tx.$queryRaw<AssetRow[]>`
    SELECT "id", "appliedTicket", "state"::text AS "state", "size", "versionId", "contentType"
    FROM "Asset" WHERE "libraryId" = ${libraryId} AND "path" = ${path} FOR UPDATE`;
  const found = (await find())[0];
  if (found) return found;
  await lockUnknownPath(tx, libraryId, path);
  const made = (await find())[0];
  if (made) return made;
  const oldest = listed.at(-1);
  if (!oldest) await recordAbsence(tx, libraryId, path, ticket);
  if (!oldest || (await isAbsentSince(tx, libraryId, path, ticket))) return null;
  const folderId = await ensureFolders(tx, libraryId, path, oldest.modifiedAt);
  const name = assetName(path);
  // Made as "gone" with no size, so that the write below counts the whole asset into its folder.
  await tx.$executeRaw`
    INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "irregular", "state", "kind", "size", "modifiedAt", "versionId", "versionCount")
    VALUES (${libraryId}, ${folderId}, ${path}, ${name}, ${isIrregularAsset(path)}, 'gone', ${kindOf(name)}, 0, ${oldest.modifiedAt}, ${oldest.versionId}, 0)
    ON CONFLICT ("libraryId", "path") DO NOTHING`;
  return (await find())[0] ?? null;
}

async function folderOf(tx: Tx, assetId: bigint): Promise<bigint> {
  const row = await tx.asset.findUniqueOrThrow({ where: { id: assetId }, select: { folderId: true } });
  return row.folderId;
}

async function knownVersions(tx: Tx, assetId: bigint): Promise<KnownVersion[]> {
  return tx.version.findMany({
    where: { assetId },
    select: {
      id: true,
      versionId: true,
      seq: true,
      isDeleteMarker: true,
      size: true,
      etag: true,
      storageClass: true,
      modifiedAt: true,
      validFrom: true,
      validTo: true,
      removedAt: true,
    },
  });
}

async function writeVersions(
  tx: Tx,
  assetId: bigint,
  folderId: bigint,
  name: string,
  planned: PlannedVersion[],
  heads: HeadFacts,
): Promise<void> {
  // Removals first: a `null` version that changed its content is inserted anew under the id that the old one gives up.
  const changed = planned
    .filter((version) => version.changed)
    .sort((a, b) => Number(b.removedAt !== null) - Number(a.removedAt !== null));
  for (const { id, changed: _, ...version } of changed) {
    const head = heads.get(version.versionId);
    const facts = head
      ? { contentType: head.contentType, crc64nvme: head.crc64nvme ? Buffer.from(head.crc64nvme, 'base64') : null }
      : {};
    if (id === null) {
      await tx.version.create({
        data: {
          ...version,
          assetId,
          folderId,
          contentType: version.isDeleteMarker ? null : contentTypeOf(name),
          ...facts,
        },
      });
    } else {
      await tx.version.update({ where: { id }, data: { ...version, ...facts } });
    }
  }
}

async function writeAsset(
  tx: Tx,
  library: LibraryKeys,
  path: string,
  asset: AssetRow,
  ticket: bigint,
  planned: PlannedVersion[],
  heads: HeadFacts,
): Promise<SyncedAsset> {
  const libraryId = library.id;
  const present = planned.filter((version) => version.removedAt === null);
  const contents = present.filter((version) => !version.isDeleteMarker);
  const shown = contents.at(-1);
  const top = present.at(-1);
  const state = !shown || !top ? 'gone' : top.isDeleteMarker ? 'trashed' : 'live';
  const contentType =
    (shown && heads.get(shown.versionId)?.contentType) ??
    (await storedContentType(tx, asset.id, shown)) ??
    asset.contentType;
  const name = assetName(path);
  await tx.asset.update({
    where: { id: asset.id },
    data: {
      state,
      appliedTicket: ticket,
      versionCount: contents.length,
      trashedAt: state === 'trashed' && top ? top.modifiedAt : null,
      ...(shown
        ? {
            kind: (await sniffedKind(tx, library, path, shown)) ?? kindOf(name, contentType),
            contentType,
            size: shown.size,
            modifiedAt: shown.modifiedAt,
            versionId: shown.versionId,
            etag: shown.etag,
            storageClass: shown.storageClass ?? 'STANDARD',
          }
        : {}),
    },
  });
  const before = asset.state === 'live' ? { count: 1n, bytes: asset.size } : { count: 0n, bytes: 0n };
  const after = state === 'live' && shown ? { count: 1n, bytes: shown.size } : { count: 0n, bytes: 0n };
  if (before.count !== after.count || before.bytes !== after.bytes) {
    await tx.folderDelta.create({
      data: {
        libraryId,
        path: parentFolder(path),
        assetCount: after.count - before.count,
        bytes: after.bytes - before.bytes,
      },
    });
  }
  if (planned.some((version) => version.changed) || asset.state !== state)
    await recordChange(tx, libraryId, 'asset', asset.id, path);
  return { assetId: asset.id, path, state, versionId: shown?.versionId ?? asset.versionId };
}

/** What inspection found these bytes to be; it knows better than the name. */
async function sniffedKind(
  tx: Tx,
  library: LibraryKeys,
  path: string,
  { id, versionId, etag }: PlannedVersion,
): Promise<string | null> {
  // Bytes that are new to the index were not inspected yet.
  if (id === null) return null;
  const where = { libraryId: library.id, key: toKey(library, path), versionId, etag: etag ?? '' };
  return (await tx.mediaInfo.findFirst({ where, select: { kind: true } }))?.kind ?? null;
}

/** The type that an earlier HEAD or upload gave this version; a restored copy has its own row. */
async function storedContentType(tx: Tx, assetId: bigint, shown: PlannedVersion | undefined): Promise<string | null> {
  if (!shown) return null;
  const row = await tx.version.findFirst({
    where: { assetId, versionId: shown.versionId, removedAt: null },
    select: { contentType: true },
  });
  return row?.contentType ?? null;
}
