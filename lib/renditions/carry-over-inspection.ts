import { contentTypeOf } from '#lib/assets/kind-of.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { isSameContent } from '#lib/operations/carry-out/same-content.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { copyRendition } from '#lib/storage/renditions-bucket.ts';
import { type CopiedFrom, findCopiedFrom, findMadeFrom, type InspectedSource } from './find-copied-from.ts';
import { isArchived } from './find-inspected.ts';
import { type RenditionKind, recipe, renditionKey } from './rendition-key.ts';
import { wantsPreview } from './wants-preview.ts';

/** A version and what it may have been copied from. */
type Pair = { version: InspectedSource; source: CopiedFrom };
/** With the pictures that there are of the source. */
type Whole = Pair & { assetId: bigint; path: string; kinds: RenditionKind[] };

/** Files whose pictures are copied at once. */
const lanes = 8;

/**
 * A moved, renamed, copied or restored file has the bytes of the version that it was made from: what was found in them, and the pictures made of
 * them, are taken over in place of reading them again. The journal says where it came from; where it is not sure, size and checksum at the store must say so too.
 * @returns false where there is nothing to take over, or not all of it: then the version is to be inspected
 * @throws AppError store_unavailable, database_unavailable
 */
export async function carryOverInspection(library: LibraryContext, job: InspectedVersion): Promise<boolean> {
  const { key, versionId, etag } = job;
  const version = { key, versionId, etag };
  for (const source of await findCopiedFrom(library, job)) {
    if ((await carryOver(library, [{ version, source }])).length === 1) return true;
  }
  return false;
}

/**
 * The same for many versions of whose origin the journal is sure, in a handful of statements.
 * @returns those that were taken over; the others are to be inspected
 */
export async function carryOverInspections<V extends InspectedSource>(
  library: LibraryContext,
  versions: V[],
): Promise<Set<V>> {
  const carried = await carryOver(library, await findMadeFrom(library, versions));
  return new Set(carried.map(({ version }) => version as V));
}

async function carryOver(library: LibraryContext, pairs: Pair[]): Promise<Whole[]> {
  // The name has a say in what kind of text it is.
  const alike = pairs.filter(({ version, source }) => contentTypeOf(source.key) === contentTypeOf(version.key));
  const carried: Whole[] = [];
  await inLanes(await findWhole(library, alike), lanes, async (whole) => {
    const { version, source, kinds } = whole;
    const refOf = ({ key, versionId }: InspectedSource) => ({ bucket: library.bucket, key, versionId });
    if (!source.isSure && !(await isSameContent(refOf(version), refOf(source)))) return;
    if (await copyPictures(library, source, version, kinds)) carried.push(whole);
  });
  if (carried.length > 0) await record(library, carried);
  return carried;
}

type Row = {
  at: number;
  assetId: bigint;
  path: string;
  size: bigint;
  storageClass: string | null;
  contentType: string;
  width: number | null;
  height: number | null;
  pictures: { kind: string; recipe: number }[];
};

/** Those whose source is inspected, had nothing wrong with it, and has all its pictures of today's making, and that are not inspected themselves. */
async function findWhole(library: LibraryContext, pairs: Pair[]): Promise<Whole[]> {
  if (pairs.length === 0) return [];
  const given = pairs.map(({ version, source }, at) => ({
    at,
    path: toPath(library, version.key),
    ...version,
    fromKey: source.key,
    fromVersionId: source.versionId,
    fromEtag: source.etag,
  }));
  const rows = await db().$queryRaw<Row[]>`
    SELECT g."at", a."id" AS "assetId", a."path", v."size", v."storageClass", s."contentType", s."width", s."height", (
      SELECT coalesce(jsonb_agg(jsonb_build_object('kind', r."kind", 'recipe', r."recipe")), '[]') FROM "Rendition" r
      WHERE r."libraryId" = s."libraryId" AND r."key" = s."key" AND r."versionId" = s."versionId" AND r."etag" = s."etag") AS "pictures"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g("at" int, "path" text, "key" text, "versionId" text, "etag" text, "fromKey" text,
      "fromVersionId" text, "fromEtag" text)
    JOIN "Asset" a ON a."libraryId" = ${library.id} AND a."path" = g."path"
    JOIN "Version" v ON v."assetId" = a."id" AND v."versionId" = g."versionId" AND v."etag" = g."etag" AND v."removedAt" IS NULL
      AND NOT v."isDeleteMarker"
    JOIN "MediaInfo" s ON s."libraryId" = ${library.id} AND s."key" = g."fromKey" AND s."versionId" = g."fromVersionId"
      AND s."etag" = g."fromEtag" AND s."problem" IS NULL
    WHERE NOT EXISTS (SELECT FROM "MediaInfo" m WHERE m."libraryId" = ${library.id} AND m."key" = g."key" AND m."versionId" = g."versionId"
      AND m."etag" = g."etag")`;
  return rows.flatMap(({ at, assetId, path, size, storageClass, contentType, pictures, ...pixels }) => {
    if (isArchived(storageClass) || pictures.some((one) => one.recipe !== recipe)) return [];
    const kinds = pictures.map(({ kind }) => kind as RenditionKind);
    const misses = kinds.includes('thumbnail') && !kinds.includes('preview');
    if (misses && wantsPreview(contentType, pixels, Number(size))) return [];
    return [{ ...(pairs[at] as Pair), assetId, path, kinds }];
  });
}

/** @returns false when one is gone from its bucket */
async function copyPictures(
  library: LibraryContext,
  from: InspectedSource,
  to: InspectedSource,
  kinds: RenditionKind[],
): Promise<boolean> {
  const { bucket } = library;
  try {
    for (const kind of kinds)
      await copyRendition(renditionKey({ bucket, ...from }, kind), renditionKey({ bucket, ...to }, kind));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false;
    throw error;
  }
}

/** In order of their keys, so that two jobs with the same versions wait for each other instead of locking each other out. */
async function record(library: LibraryContext, carried: Whole[]): Promise<void> {
  const given = carried.map(({ version, source, assetId, path }) => ({
    ...version,
    fromKey: source.key,
    fromVersionId: source.versionId,
    fromEtag: source.etag,
    assetId: String(assetId),
    path,
  }));
  await db().$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g("key" text, "versionId" text, "etag" text, "fromKey" text,
        "fromVersionId" text, "fromEtag" text, "assetId" bigint, "path" text)
    ), info AS (
      INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "width", "height", "durationMs", "takenAt",
        "camera", "latitude", "longitude", "thumbhash", "searchText", "problem", "details", "inspectedAt")
      SELECT s."libraryId", g."key", g."versionId", g."etag", s."kind", s."contentType", s."width", s."height", s."durationMs", s."takenAt",
        s."camera", s."latitude", s."longitude", s."thumbhash", s."searchText", s."problem", s."details", now()
      FROM given g JOIN "MediaInfo" s ON s."libraryId" = ${library.id} AND s."key" = g."fromKey" AND s."versionId" = g."fromVersionId"
        AND s."etag" = g."fromEtag"
      ORDER BY g."key" COLLATE "C", g."versionId" COLLATE "C"
      ON CONFLICT ("libraryId", "key", "versionId") DO UPDATE SET "etag" = excluded."etag", "kind" = excluded."kind",
        "contentType" = excluded."contentType", "width" = excluded."width", "height" = excluded."height", "durationMs" = excluded."durationMs",
        "takenAt" = excluded."takenAt", "camera" = excluded."camera", "latitude" = excluded."latitude", "longitude" = excluded."longitude",
        "thumbhash" = excluded."thumbhash", "searchText" = excluded."searchText", "problem" = excluded."problem",
        "details" = excluded."details", "inspectedAt" = excluded."inspectedAt"
      RETURNING "key", "versionId", "kind"
    ), picture AS (
      INSERT INTO "Rendition" ("libraryId", "key", "versionId", "kind", "etag", "recipe", "width", "height", "bytes", "madeAt")
      SELECT r."libraryId", g."key", g."versionId", r."kind", g."etag", r."recipe", r."width", r."height", r."bytes", now()
      FROM given g JOIN "Rendition" r ON r."libraryId" = ${library.id} AND r."key" = g."fromKey" AND r."versionId" = g."fromVersionId"
        AND r."etag" = g."fromEtag"
      ORDER BY g."key" COLLATE "C", g."versionId" COLLATE "C", r."kind"
      ON CONFLICT ("libraryId", "key", "versionId", "kind") DO UPDATE SET "etag" = excluded."etag", "recipe" = excluded."recipe",
        "width" = excluded."width", "height" = excluded."height", "bytes" = excluded."bytes", "madeAt" = excluded."madeAt"
    ), asset AS (
      UPDATE "Asset" a SET "kind" = i."kind" FROM given g JOIN info i ON i."key" = g."key" AND i."versionId" = g."versionId"
      WHERE a."id" = g."assetId" AND a."versionId" = g."versionId" AND a."etag" = g."etag" AND a."kind" <> i."kind"
    )
    INSERT INTO "Change" ("libraryId", "kind", "refId", "path") SELECT ${library.id}::bigint, 'asset', "assetId"::text, "path" FROM given`;
}
