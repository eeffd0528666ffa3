import { contentTypeOf } from '#lib/assets/kind-of.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { isSameContent } from '#lib/operations/carry-out/same-content.ts';
import { copyRendition } from '#lib/storage/renditions-bucket.ts';
import { findCopiedFrom, type InspectedSource } from './find-copied-from.ts';
import type { InspectedRow } from './find-inspected.ts';
import { type RenditionKind, recipe, renditionKey } from './rendition-key.ts';
import { wantsPreview } from './wants-preview.ts';

/**
 * A moved, renamed, copied or restored file has the bytes of the version that it was made from: what was found in them, and the pictures made of
 * them, are taken over in place of reading them again. The journal says where it came from; where it is not sure, size and checksum at the store must say so too.
 * @returns false where there is nothing to take over, or not all of it: then the version is to be inspected
 * @throws AppError store_unavailable, database_unavailable
 */
export async function carryOverInspection(
  library: LibraryContext,
  row: InspectedRow,
  job: InspectedVersion,
): Promise<boolean> {
  for (const { isSure, ...source } of await findCopiedFrom(library, job)) {
    // The name has a say in what kind of text it is.
    if (contentTypeOf(source.key) !== contentTypeOf(job.key)) continue;
    const kinds = await findWhole(library, row, source);
    if (kinds === null) continue;
    const refOf = ({ key, versionId }: InspectedSource) => ({ bucket: library.bucket, key, versionId });
    if (!isSure && !(await isSameContent(refOf(job), refOf(source)))) continue;
    if (!(await copyPictures(library, source, job, kinds))) continue;
    await record(library, row, source, job);
    return true;
  }
  return false;
}

/** The pictures that there are of a version; null where it is not inspected, something was wrong with it, or one is missing or old. */
async function findWhole(
  library: LibraryContext,
  row: InspectedRow,
  source: InspectedSource,
): Promise<RenditionKind[] | null> {
  const id = { libraryId: library.id, ...source };
  const [info, renditions] = await Promise.all([
    db().mediaInfo.findFirst({ where: { ...id, problem: null } }),
    db().rendition.findMany({ where: id }),
  ]);
  if (!info || renditions.some((one) => one.recipe !== recipe)) return null;
  const kinds = renditions.map(({ kind }) => kind as RenditionKind);
  const misses = kinds.includes('thumbnail') && !kinds.includes('preview');
  return misses && wantsPreview(info.contentType, info, Number(row.size)) ? null : kinds;
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

async function record(
  library: LibraryContext,
  row: InspectedRow,
  from: InspectedSource,
  { key, versionId, etag }: InspectedVersion,
): Promise<void> {
  await db().$transaction(async (tx) => {
    const kinds = await tx.$queryRaw<{ kind: string }[]>`
      INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "width", "height", "durationMs", "takenAt",
        "camera", "latitude", "longitude", "thumbhash", "searchText", "problem", "details", "inspectedAt")
      SELECT "libraryId", ${key}, ${versionId}, ${etag}, "kind", "contentType", "width", "height", "durationMs", "takenAt",
        "camera", "latitude", "longitude", "thumbhash", "searchText", "problem", "details", now()
      FROM "MediaInfo" WHERE "libraryId" = ${library.id} AND "key" = ${from.key} AND "versionId" = ${from.versionId} AND "etag" = ${from.etag}
      ON CONFLICT ("libraryId", "key", "versionId") DO UPDATE SET "etag" = excluded."etag", "kind" = excluded."kind",
        "contentType" = excluded."contentType", "width" = excluded."width", "height" = excluded."height", "durationMs" = excluded."durationMs",
        "takenAt" = excluded."takenAt", "camera" = excluded."camera", "latitude" = excluded."latitude", "longitude" = excluded."longitude",
        "thumbhash" = excluded."thumbhash", "searchText" = excluded."searchText", "problem" = excluded."problem",
        "details" = excluded."details", "inspectedAt" = excluded."inspectedAt"
      RETURNING "kind"`;
    await tx.$executeRaw`
      INSERT INTO "Rendition" ("libraryId", "key", "versionId", "kind", "etag", "recipe", "width", "height", "bytes", "madeAt")
      SELECT "libraryId", ${key}, ${versionId}, "kind", ${etag}, "recipe", "width", "height", "bytes", now()
      FROM "Rendition" WHERE "libraryId" = ${library.id} AND "key" = ${from.key} AND "versionId" = ${from.versionId} AND "etag" = ${from.etag}
      ON CONFLICT ("libraryId", "key", "versionId", "kind") DO UPDATE SET "etag" = excluded."etag", "recipe" = excluded."recipe",
        "width" = excluded."width", "height" = excluded."height", "bytes" = excluded."bytes", "madeAt" = excluded."madeAt"`;
    for (const { kind } of kinds)
      await tx.$executeRaw`
        UPDATE "Asset" SET "kind" = ${kind}
        WHERE "id" = ${row.assetId} AND "versionId" = ${versionId} AND "etag" = ${etag} AND "kind" <> ${kind}`;
    await recordChange(tx, library.id, 'asset', row.assetId, row.path);
  });
}
