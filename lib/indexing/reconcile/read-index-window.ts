import { db, Prisma } from '#lib/db.ts';
import { compareKeys } from '#lib/storage/key-order.ts';
import type { KnownKey } from './plan-merge-join.ts';
import { describeStored } from './version-facts.ts';

/** Rows read at once: bounds the memory where the index holds much that a listing leaves out. */
const most = 5_000;

export type IndexWindow = {
  /** Ascending by path in byte order. */
  known: KnownKey[];
  /** How far the window reaches: everything up to and including this path is in it. Null: to the end of what was asked. */
  upTo: string | null;
};

type Range = { libraryId: bigint; after: string; upTo: string | null };

/**
 * What the index holds of (after, upTo], both assets and folder markers, as one sorted list. Stops early after 5,000 rows of a kind; then
 * `upTo` of the answer says where.
 */
export async function readIndexWindow(range: Range): Promise<IndexWindow> {
  const [assets, markers] = await Promise.all([readAssets(range), readMarkers(range)]);
  const ends = [assets, markers].flatMap((rows) => (rows.length === most ? [rows.at(-1)?.path as string] : []));
  const upTo = ends.sort(compareKeys)[0] ?? null;
  const byPath = new Map<string, KnownKey>();
  for (const row of assets) {
    const shown = { state: row.state, size: Number(row.size), versionId: row.versionId };
    byPath.set(row.path, {
      path: row.path,
      facts: row.facts ?? '',
      shown,
      marker: null,
      appliedTicket: row.appliedTicket,
    });
  }
  for (const { path, markerVersionId: marker } of markers) {
    const asset = byPath.get(path);
    byPath.set(path, asset ? { ...asset, marker } : { path, facts: '', shown: null, marker, appliedTicket: 0n });
  }
  const known = [...byPath.values()].filter(({ path }) => upTo === null || compareKeys(path, upTo) <= 0);
  return { known: markers.length > 0 ? known.sort((a, b) => compareKeys(a.path, b.path)) : known, upTo };
}

/** What the index holds under exactly this path, as in a window. */
export async function readKnownKey(libraryId: bigint, path: string): Promise<KnownKey | null> {
  const where = Prisma.sql`= ${path}`;
  const [assets, markers] = await Promise.all([selectAssets(libraryId, where), selectMarkers(libraryId, where)]);
  const [asset, marker] = [assets[0], markers[0]?.markerVersionId ?? null];
  if (!asset) return marker === null ? null : { path, facts: '', shown: null, marker, appliedTicket: 0n };
  const shown = { state: asset.state, size: Number(asset.size), versionId: asset.versionId };
  return { path, facts: asset.facts ?? '', shown, marker, appliedTicket: asset.appliedTicket };
}

type AssetRow = {
  path: string;
  state: 'live' | 'trashed' | 'gone';
  size: bigint;
  versionId: string;
  appliedTicket: bigint;
  facts: string | null;
};

/** `a."path"` within a range, and not beyond it. */
const within = ({ after, upTo }: Range) =>
  upTo === null ? Prisma.sql`> ${after}` : Prisma.sql`> ${after} AND "path" <= ${upTo}`;

const readAssets = (range: Range) => selectAssets(range.libraryId, within(range));

async function selectAssets(libraryId: bigint, where: Prisma.Sql): Promise<AssetRow[]> {
  return db().$queryRaw<AssetRow[]>`
    SELECT a."path", a."state"::text AS "state", a."size", a."versionId", a."appliedTicket", f."facts"
    FROM (
      SELECT "id", "path", "state", "size", "versionId", "appliedTicket" FROM "Asset"
      WHERE "libraryId" = ${libraryId} AND "path" ${where} ORDER BY "path" LIMIT ${most}
    ) a
    CROSS JOIN LATERAL (
      SELECT ${describeStored} AS "facts" FROM "Version" v WHERE v."assetId" = a."id" AND v."removedAt" IS NULL
    ) f
    ORDER BY a."path"`;
}

const readMarkers = (range: Range) => selectMarkers(range.libraryId, within(range));

async function selectMarkers(libraryId: bigint, where: Prisma.Sql) {
  return db().$queryRaw<{ path: string; markerVersionId: string }[]>`
    SELECT "path", "markerVersionId" FROM "Folder"
    WHERE "libraryId" = ${libraryId} AND "path" ${where} AND "markerVersionId" IS NOT NULL ORDER BY "path" LIMIT ${most}`;
}
