import type * as z from 'zod';
import { requireAsset } from '#lib/assets/require-asset.ts';
import { safeNumber } from '#lib/assets/safe-number.ts';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { type Fate, findFates } from '#lib/lifecycle/find-fates.ts';
import { requestInspections } from '#lib/renditions/request-inspections.ts';
import { thumbnailUrls } from '#lib/renditions/thumbnail-urls.ts';
import type { listVersionsEndpoint } from './endpoints.ts';
import { findEarlierPlace } from './find-earlier-place.ts';
import { findMakers, type Maker } from './find-makers.ts';
import { fateView, readFateVersions } from './read-fate-versions.ts';
import type { VersionView } from './schema.ts';

type Row = {
  versionId: string;
  seq: number;
  number: number;
  isDeleteMarker: boolean;
  isTop: boolean;
  size: bigint;
  etag: string | null;
  crc64nvme: Uint8Array | null;
  contentType: string | null;
  storageClass: string | null;
  modifiedAt: Date;
  validFrom: Date;
  validTo: Date | null;
  removedAt: Date | null;
  sniffedType: string | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  thumbhash: Uint8Array | null;
  problem: string | null;
  thumbnailRecipe: number | null;
};

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) <= 2 ** 31 - 1;

/**
 * Every version and delete marker of an asset, newest first in the store's own order, those that are gone included and said to be.
 * Numbers count the versions from the oldest without markers, and do not change when an older one goes.
 * @throws AppError not_found
 */
export async function listVersions(
  actor: Actor,
  input: { id: string; cursor?: string | undefined; limit?: number },
): Promise<z.output<typeof listVersionsEndpoint.output>> {
  const { row: asset, library } = await requireAsset(actor, input.id);
  const key = toKey(library, asset.path);
  const before = input.cursor ? decodeCursor(input.cursor, isSeq) : null;
  const limit = input.limit ?? 100;
  const [rows, totals, fates, earlier] = await Promise.all([
    readVersions(library.id, key, asset.id, before, limit + 1),
    readTotals(asset.id),
    readFates(library, key, asset.id),
    before === null ? findEarlierPlace(actor, library, { id: asset.id, key }) : null,
  ]);
  const page = rows.slice(0, limit);
  const makers = await findMakers(
    library.id,
    page.map((row) => ({ key, versionId: row.versionId, etag: row.etag })),
  );
  const sources = [...makers.values()].flatMap((maker) => (maker.from === null ? [] : [maker.from]));
  const numbers = await numbersOf(asset.id, sources);
  const shown = page.map((row) => ({ key, versionId: row.versionId, etag: row.etag ?? '' }));
  const urls = await thumbnailUrls(
    page.map((row, at) => ({
      ...(shown[at] as (typeof shown)[0]),
      bucket: library.bucket,
      recipe: row.thumbnailRecipe,
    })),
  );
  await requestInspections(
    shown.flatMap((version, at) => (isUnseen(page[at] as Row) ? [{ libraryId: String(library.id), ...version }] : [])),
  );
  const last = page.at(-1);
  return {
    versions: page.map((row, index) => ({
      ...toView(actor, library.id, row, makers.get(index), numbers, urls[index] ?? null),
      goes: row.removedAt === null ? fateView(fates.get(row.versionId)) : null,
    })),
    totals,
    earlier,
    nextCursor: rows.length > limit && last ? encodeCursor(last.seq) : null,
  };
}

const isUnseen = (row: Row) => row.sniffedType === null && !row.isDeleteMarker && row.removedAt === null;

function readVersions(
  libraryId: bigint,
  key: string,
  assetId: bigint,
  before: number | null,
  limit: number,
): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT numbered.*, m."contentType" AS "sniffedType", m."width", m."height", m."durationMs", m."thumbhash", m."problem",
      r."recipe" AS "thumbnailRecipe"
    FROM (
      SELECT "versionId", "seq", "isDeleteMarker", "size", "etag", "crc64nvme", "contentType", "storageClass", "modifiedAt", "validFrom",
        "validTo", "removedAt",
        (count(*) FILTER (WHERE NOT "isDeleteMarker") OVER (ORDER BY "seq"))::int AS "number",
        "seq" = max("seq") FILTER (WHERE "removedAt" IS NULL) OVER () AS "isTop"
      FROM "Version" WHERE "assetId" = ${assetId}) AS numbered
    LEFT JOIN "MediaInfo" m ON m."libraryId" = ${libraryId} AND m."key" = ${key} AND m."versionId" = numbered."versionId"
      AND m."etag" = numbered."etag"
    LEFT JOIN "Rendition" r ON r."libraryId" = ${libraryId} AND r."key" = ${key} AND r."versionId" = numbered."versionId"
      AND r."etag" = numbered."etag" AND r."kind" = 'thumbnail'
    WHERE ${before}::int IS NULL OR "seq" < ${before}::int
    ORDER BY "seq" DESC LIMIT ${limit}`;
}

/** What lifecycle will do to each version depends on all of them, whichever page is asked for. */
async function readFates(library: LibraryContext, key: string, assetId: bigint): Promise<Map<string, Fate>> {
  const versions = (await readFateVersions([assetId])).get(assetId) ?? [];
  return (await findFates(library, [{ key, versions }])).get(key) ?? new Map();
}

async function readTotals(assetId: bigint): Promise<{ versionCount: number; bytes: number }> {
  const { _count, _sum } = await db().version.aggregate({
    where: { assetId, removedAt: null, isDeleteMarker: false },
    _count: true,
    _sum: { size: true },
  });
  return { versionCount: _count, bytes: safeNumber(_sum.size ?? 0n) };
}

/** Version id → number, for the sources of restored versions, which may stand on another page. */
async function numbersOf(assetId: bigint, versionIds: string[]): Promise<Map<string, number>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db().$queryRaw<{ versionId: string; number: number }[]>`
    SELECT "versionId", "number" FROM (
      SELECT "versionId", "seq", (count(*) FILTER (WHERE NOT "isDeleteMarker") OVER (ORDER BY "seq"))::int AS "number"
      FROM "Version" WHERE "assetId" = ${assetId}) AS numbered
    WHERE "versionId" = ANY(${versionIds}) ORDER BY "seq"`;
  return new Map(rows.map((row) => [row.versionId, row.number]));
}

function toView(
  actor: Actor,
  libraryId: bigint,
  row: Row,
  maker: Maker | undefined,
  numbers: Map<string, number>,
  thumbnailUrl: string | null,
): Omit<VersionView, 'goes'> {
  const source = maker?.from ? numbers.get(maker.from) : undefined;
  return {
    versionId: row.versionId,
    number: row.isDeleteMarker ? null : row.number,
    isDeleteMarker: row.isDeleteMarker,
    isCurrent: row.isTop && !row.isDeleteMarker,
    size: safeNumber(row.size),
    etag: row.etag,
    crc64nvme: row.crc64nvme ? Buffer.from(row.crc64nvme).toString('base64') : null,
    contentType: row.sniffedType ?? row.contentType,
    storageClass: row.storageClass,
    width: row.width,
    height: row.height,
    durationMs: row.durationMs,
    thumbhash: row.thumbhash ? Buffer.from(row.thumbhash).toString('base64') : null,
    thumbnailUrl: row.removedAt === null ? thumbnailUrl : null,
    problem: row.problem,
    modifiedAt: row.modifiedAt.toISOString(),
    validFrom: row.validFrom.toISOString(),
    validTo: row.validTo?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    by: maker ? { name: maker.name, you: maker.userId === actor.userId } : null,
    cause: maker?.cause ?? 'unknown',
    restoredFrom: source === undefined ? null : String(source),
    origin: maker?.origin && roleAt(actor, libraryId, maker.origin.path) !== null ? maker.origin : null,
  };
}
