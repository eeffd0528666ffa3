import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { isLonely, openUploads, partBytes } from '#lib/cost/find-leftovers.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { toKey, toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { listMultiparts } from '#lib/storage/multipart.ts';
import { canBeStored, withinPrefixes } from '#lib/versions/path-ranges.ts';
import { inLanes } from './in-lanes.ts';
import { type OldVersion, planOldVersions } from './plan-old-versions.ts';
import { type PlannedItem, sortByKey } from './plan-summary.ts';
import { maxItems, type Selection } from './resolve-selection.ts';
import type { Ghosts } from './schema.ts';

const DAY = 24 * 60 * 60_000;

/**
 * What a clean-up of ghosts would take, below one folder ("" is the library). Versions and markers by the index, unfinished uploads by the store.
 * @throws AppError invalid_request, not_found, forbidden, wrong_state when there is another number than the person was told, too_large
 */
export async function prepareGhosts(
  actor: Actor,
  library: LibraryContext,
  selection: Selection,
  ghosts: Ghosts,
  expectedCount: number | undefined,
): Promise<PlannedItem[]> {
  const [folder] = 'paths' in selection && selection.paths.length === 1 ? selection.paths : [];
  if (folder === undefined || (folder !== '' && !folder.endsWith('/')))
    throw new AppError('invalid_request', 'Give one folder to clean up, or "" for the library.');
  if (!canBeStored(folder)) throw notFound('The folder');
  requireRole(actor, library.id, [folder], 'admin');
  const items = await find(library, folder, ghosts);
  const count = items.reduce((sum, { step }) => sum + (step.kind === 'remove-versions' ? step.versions.length : 1), 0);
  if (expectedCount !== undefined && expectedCount !== count) {
    const number = (n: number) => n.toLocaleString('en');
    throw new AppError(
      'wrong_state',
      `There are ${number(count)} there now and not ${number(expectedCount)}. Look again, then decide.`,
    );
  }
  if (items.length > maxItems)
    throw new AppError(
      'too_large',
      `More than ${maxItems.toLocaleString('en')} files. Take one sub-folder after the other.`,
    );
  return sortByKey(items);
}

function find(library: LibraryContext, folder: string, ghosts: Ghosts): Promise<PlannedItem[]> {
  if (ghosts.kind === 'old-versions') return findOldVersions(library, folder, ghosts);
  return ghosts.kind === 'uploads' ? findUploads(library, folder, ghosts.olderThanDays) : findMarkers(library, folder);
}

async function findOldVersions(
  library: LibraryContext,
  folder: string,
  wish: { olderThanDays: number; keepNewest: number },
): Promise<PlannedItem[]> {
  const rows = await db().$queryRaw<(Omit<OldVersion, 'size'> & { size: bigint })[]>`
    SELECT a."path", v."versionId", v."etag", v."size", v."validTo"
    FROM "Asset" a JOIN "Version" v ON v."assetId" = a."id"
    WHERE a."libraryId" = ${library.id} AND a."state" = 'live' AND ${withinPrefixes(Prisma.sql`a."path"`, [folder])}
      AND v."removedAt" IS NULL AND NOT v."isDeleteMarker" AND v."versionId" <> a."versionId"
    ORDER BY a."path", v."seq" DESC`;
  const versions = rows.map((row) => ({ ...row, size: Number(row.size) }));
  return planOldVersions(library, versions, wish, Date.now());
}

async function findMarkers(library: LibraryContext, folder: string): Promise<PlannedItem[]> {
  const rows = await db().$queryRaw<{ path: string; versionId: string; etag: string | null }[]>`
    SELECT a."path", a."versionId", a."etag" FROM "Asset" a
    WHERE a."libraryId" = ${library.id} AND ${isLonely} AND ${withinPrefixes(Prisma.sql`a."path"`, [folder])}
    LIMIT ${maxItems + 1}`;
  return rows.map(({ path, ...expect }) => {
    return {
      key: toKey(library, path),
      path,
      bytes: 0,
      state: 'pending',
      error: null,
      step: { kind: 'purge-key', expect },
    };
  });
}

/** Uploads of our own that are open are nobody's to clean up. Asking for the parts of each says what it frees. */
async function findUploads(library: LibraryContext, folder: string, olderThanDays: number): Promise<PlannedItem[]> {
  const before = Date.now() - olderThanDays * DAY;
  const [listed, own] = await Promise.all([
    listMultiparts({ bucket: library.bucket, prefix: library.rootPrefix }),
    openUploads(library.id),
  ]);
  const mine = new Set(own.map(({ storeUploadId }) => storeUploadId));
  const items: PlannedItem[] = [];
  await inLanes(listed, 8, async ({ key, storeUploadId, initiatedAt }) => {
    const path = toPath(library, key);
    if (path === null || !path.startsWith(folder) || mine.has(storeUploadId) || initiatedAt.getTime() > before) return;
    const bytes = await partBytes({ ref: { bucket: library.bucket, key }, storeUploadId });
    items.push({ key, path, bytes, state: 'pending', error: null, step: { kind: 'abort-upload', storeUploadId } });
  });
  return items;
}
