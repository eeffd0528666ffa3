import { db } from '#lib/db.ts';
import { type InspectedVersion, maxAttempts } from '#lib/jobs/definitions.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { putRendition } from '#lib/storage/renditions-bucket.ts';
import type { Picture } from './decoder/protocol.ts';
import type { InspectedRow } from './find-inspected.ts';
import { jobKeyOf, priorities } from './inspection-jobs.ts';
import type { Inspection } from './look-inside.ts';
import { searchTextOf } from './media-facts.ts';
import { type RenditionKind, recipe, renditionKey } from './rendition-key.ts';

/** Writes the pictures to their bucket, then what is known of the version and that there is something new to see. */
export async function recordInspection(
  library: LibraryContext,
  row: InspectedRow,
  job: InspectedVersion,
  found: Inspection,
): Promise<void> {
  const pictures = (['thumbnail', 'preview'] as const).flatMap((kind) => {
    const picture = found[kind];
    return picture ? [{ kind, picture }] : [];
  });
  for (const { kind, picture } of pictures) await putPicture(library, job, kind, picture);

  const { key, versionId, etag } = job;
  const info = {
    etag,
    kind: found.kind,
    contentType: found.contentType,
    width: found.width,
    height: found.height,
    durationMs: found.durationMs,
    takenAt: found.facts.takenAt,
    camera: found.facts.camera,
    latitude: found.facts.latitude,
    longitude: found.facts.longitude,
    thumbhash: found.thumbhash ? Buffer.from(found.thumbhash) : null,
    searchText: searchTextOf(found.facts),
    problem: found.problem,
    details: found.facts.details,
    inspectedAt: new Date(),
  };
  const id = { libraryId: library.id, key, versionId };
  const made = pictures.map(({ kind, picture }) => ({ kind, ...renditionRow(etag, picture) }));
  const payload = { libraryId: job.libraryId, key, versionId, etag };
  const preview = found.wantsPreview
    ? { payload: JSON.stringify(payload), jobKey: jobKeyOf('make-preview', payload) }
    : null;
  // One statement in place of eight: it is written once for every file that comes.
  await db().$executeRaw`
    WITH info AS (
      INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "width", "height", "durationMs", "takenAt",
        "camera", "latitude", "longitude", "thumbhash", "searchText", "problem", "details", "inspectedAt")
      VALUES (${id.libraryId}, ${key}, ${versionId}, ${etag}, ${info.kind}, ${info.contentType}, ${info.width}::int, ${info.height}::int,
        ${info.durationMs}::int, ${info.takenAt}::timestamptz, ${info.camera}, ${info.latitude}::float8, ${info.longitude}::float8,
        ${info.thumbhash}::bytea, ${info.searchText}, ${info.problem}, ${JSON.stringify(info.details)}::jsonb, ${info.inspectedAt}::timestamptz)
      ON CONFLICT ("libraryId", "key", "versionId") DO UPDATE SET "etag" = excluded."etag", "kind" = excluded."kind",
        "contentType" = excluded."contentType", "width" = excluded."width", "height" = excluded."height", "durationMs" = excluded."durationMs",
        "takenAt" = excluded."takenAt", "camera" = excluded."camera", "latitude" = excluded."latitude", "longitude" = excluded."longitude",
        "thumbhash" = excluded."thumbhash", "searchText" = excluded."searchText", "problem" = excluded."problem",
        "details" = excluded."details", "inspectedAt" = excluded."inspectedAt"
    ), picture AS (
      INSERT INTO "Rendition" ("libraryId", "key", "versionId", "kind", "etag", "recipe", "width", "height", "bytes", "madeAt")
      SELECT ${id.libraryId}::bigint, ${key}, ${versionId}, r."kind", r."etag", r."recipe", r."width", r."height", r."bytes", r."madeAt"
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS r("kind" text, "etag" text, "recipe" int, "width" int, "height" int, "bytes" int,
        "madeAt" timestamptz)
      ON CONFLICT ("libraryId", "key", "versionId", "kind") DO UPDATE SET "etag" = excluded."etag", "recipe" = excluded."recipe",
        "width" = excluded."width", "height" = excluded."height", "bytes" = excluded."bytes", "madeAt" = excluded."madeAt"
    ), asset AS (
      -- What the bytes are decides from here on, not what the name says.
      UPDATE "Asset" SET "kind" = ${found.kind}
      WHERE "id" = ${row.assetId} AND "versionId" = ${versionId} AND "etag" = ${etag} AND "kind" <> ${found.kind}
    ), change AS (
      INSERT INTO "Change" ("libraryId", "kind", "refId", "path") VALUES (${id.libraryId}, 'asset', ${String(row.assetId)}, ${row.path})
    )
    SELECT graphile_worker.add_job('make-preview', payload := ${preview?.payload ?? null}::json, job_key := ${preview?.jobKey ?? null}::text,
      max_attempts := ${maxAttempts}::int, priority := ${priorities.preview}::int)
    WHERE ${preview !== null}`;
}

export async function putPicture(
  library: LibraryContext,
  { key, versionId, etag }: InspectedVersion,
  kind: RenditionKind,
  picture: Picture,
): Promise<void> {
  await putRendition(renditionKey({ bucket: library.bucket, key, versionId, etag }, kind), picture.bytes);
}

export const renditionRow = (etag: string, { bytes, width, height }: Picture) => ({
  etag,
  recipe,
  width,
  height,
  bytes: bytes.byteLength,
  madeAt: new Date(),
});
