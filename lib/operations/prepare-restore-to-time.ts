import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { copiedFrom } from '#lib/history/same-as-now.ts';
import { versionAt } from '#lib/history/version-at.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { canBeStored, withinPaths } from '#lib/versions/path-ranges.ts';
import { findPathClashes } from './find-path-clashes.ts';
import { type AssetThenAndNow, planRestoreToTime } from './plan-restore-to-time.ts';
import type { PlannedItem } from './plan-summary.ts';
import { maxItems, resolveSelection, type Selection } from './resolve-selection.ts';
import type { OperationParams } from './schema.ts';

type Row = {
  id: bigint;
  path: string;
  state: AssetThenAndNow['state'];
  thenId: string | null;
  thenEtag: string | null;
  thenSize: bigint | null;
  thenCrc: string | null;
  thenClass: string | null;
  thenRemovedAt: Date | null;
  newestId: string | null;
  newestEtag: string | null;
  newestSize: bigint | null;
  newestCrc: string | null;
  thenCopyOf: string | null;
  newestCopyOf: string | null;
  topId: string | null;
  topEtag: string | null;
  topIsMarker: boolean | null;
  markers: string[];
};

/**
 * Plans to make a selection what it was at `params.at`, from the index. Folders mean everything that is or ever was below them; "" is the
 * library. Only files that are different now become items; the others are counted, so that a million files with a handful of
 * differences is a small operation. `params.exclude`: paths to leave as they are.
 * @throws AppError invalid_request without a moment or with one ahead, not_found, forbidden (admin on all of it), too_large over 100,000 differences
 */
export async function prepareRestoreToTime(
  actor: Actor,
  library: LibraryContext,
  selection: Selection,
  params: OperationParams,
): Promise<{ items: PlannedItem[]; unchanged: number }> {
  const { at, exclude = [] } = params;
  if (!at) throw new AppError('invalid_request', 'params.at says to which moment to restore.');
  if (new Date(at).getTime() > Date.now()) {
    throw new AppError('invalid_request', 'This moment is still ahead. Choose one in the past.');
  }
  if (!exclude.every(canBeStored)) throw new AppError('invalid_request', 'params.exclude holds what is no path.');
  const scope = await scopeOf(actor, library, selection);
  const [rows, unchanged] = await Promise.all([
    readDifferent(library, scope, at, exclude),
    countUnchanged(library, scope, at),
  ]);
  if (rows.length > maxItems) {
    const most = maxItems.toLocaleString('en');
    throw new AppError('too_large', `More than ${most} files are different. Take one sub-folder after the other.`);
  }
  requireRole(
    actor,
    library.id,
    rows.map((row) => row.path),
    'admin',
  );
  const assets = rows.map((row) => toAsset(library, row));
  const coming = assets.filter((asset) => asset.wanted !== null && asset.state !== 'live').map((asset) => asset.path);
  const planned = planRestoreToTime(assets, await findPathClashes(library, coming));
  const items = planned.filter((item) => item.state !== 'skipped');
  return { items, unchanged: unchanged + planned.length - items.length };
}

/** Which assets `a` are meant, as SQL; the role is asked on what the selection names. */
async function scopeOf(actor: Actor, library: LibraryContext, selection: Selection): Promise<Prisma.Sql> {
  if (!('paths' in selection)) {
    const { assets } = await resolveSelection(actor, library, selection, 'live', 'admin');
    return Prisma.sql`a."id" = ANY(${assets.map((asset) => asset.id)})`;
  }
  const { paths } = selection;
  if (!paths.every(canBeStored)) throw notFound('The folder or file');
  requireRole(actor, library.id, paths, 'admin');
  return withinPaths(Prisma.sql`a."path"`, paths);
}

/** The version of the moment is the current one and nothing hides it. */
const isUnchanged = Prisma.sql`(a."state" = 'live' AND v."versionId" = a."versionId" AND v."etag" IS NOT DISTINCT FROM a."etag" AND v."removedAt" IS NULL)`;

function readDifferent(library: LibraryContext, scope: Prisma.Sql, at: string, exclude: string[]): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    WITH different AS MATERIALIZED (
      SELECT a."id", a."path", a."state", v."id" AS "vId", NOT v."isDeleteMarker" AS "stood"
      FROM "Asset" a LEFT JOIN LATERAL ${versionAt(at)} v ON TRUE
      WHERE a."libraryId" = ${library.id} AND ${scope} AND a."path" <> ALL(${exclude})
        AND ${isUnchanged} IS NOT TRUE
        AND NOT (a."state" <> 'live' AND coalesce(v."isDeleteMarker", TRUE))
      ORDER BY a."path" LIMIT ${maxItems + 1}
    )
    SELECT a."id", a."path", a."state"::text AS "state",
      v."versionId" AS "thenId", v."etag" AS "thenEtag", v."size" AS "thenSize", encode(v."crc64nvme", 'hex') AS "thenCrc",
      v."storageClass" AS "thenClass", v."removedAt" AS "thenRemovedAt",
      n."versionId" AS "newestId", n."etag" AS "newestEtag", n."size" AS "newestSize", encode(n."crc64nvme", 'hex') AS "newestCrc",
      ${copiedFrom(library, Prisma.sql`v."versionId"`)} AS "thenCopyOf", ${copiedFrom(library, Prisma.sql`n."versionId"`)} AS "newestCopyOf",
      t."versionId" AS "topId", t."etag" AS "topEtag", t."isDeleteMarker" AS "topIsMarker",
      ARRAY(SELECT m."versionId" FROM "Version" m WHERE m."assetId" = a."id" AND m."isDeleteMarker" AND m."removedAt" IS NULL
            AND m."seq" > n."seq" ORDER BY m."seq" DESC) AS "markers"
    FROM different a
    LEFT JOIN "Version" v ON v."id" = a."vId" AND a."stood"
    LEFT JOIN LATERAL (SELECT * FROM "Version" r WHERE r."assetId" = a."id" AND r."removedAt" IS NULL AND NOT r."isDeleteMarker"
                       ORDER BY r."seq" DESC LIMIT 1) n ON TRUE
    LEFT JOIN LATERAL (SELECT * FROM "Version" r WHERE r."assetId" = a."id" AND r."removedAt" IS NULL ORDER BY r."seq" DESC LIMIT 1) t ON TRUE`;
}

async function countUnchanged(library: LibraryContext, scope: Prisma.Sql, at: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Asset" a CROSS JOIN LATERAL ${versionAt(at)} v
    WHERE a."libraryId" = ${library.id} AND ${scope} AND a."state" = 'live' AND ${isUnchanged}`;
  return rows[0]?.count ?? 0;
}

function toAsset(library: LibraryContext, row: Row): AssetThenAndNow {
  return {
    key: toKey(library, row.path),
    path: row.path,
    state: row.state,
    markers: row.markers,
    newest:
      row.newestId === null
        ? null
        : {
            versionId: row.newestId,
            etag: row.newestEtag,
            size: Number(row.newestSize),
            crc64nvme: row.newestCrc,
            copyOf: row.newestCopyOf,
          },
    top:
      row.topId === null ? null : { versionId: row.topId, etag: row.topEtag, isDeleteMarker: row.topIsMarker === true },
    wanted:
      row.thenId === null
        ? null
        : {
            versionId: row.thenId,
            etag: row.thenEtag,
            size: Number(row.thenSize),
            crc64nvme: row.thenCrc,
            copyOf: row.thenCopyOf,
            storageClass: row.thenClass,
            removedAt: row.thenRemovedAt,
          },
  };
}
