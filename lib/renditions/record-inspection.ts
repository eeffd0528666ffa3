import { db } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
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
  await db().$transaction(async (tx) => {
    await tx.mediaInfo.upsert({
      where: { libraryId_key_versionId: id },
      create: { ...id, ...info },
      update: info,
    });
    for (const { kind, picture } of pictures) {
      const made = renditionRow(etag, picture);
      await tx.rendition.upsert({
        where: { libraryId_key_versionId_kind: { ...id, kind } },
        create: { ...id, kind, ...made },
        update: made,
      });
    }
    // What the bytes are decides from here on, not what the name says.
    await tx.$executeRaw`
      UPDATE "Asset" SET "kind" = ${found.kind}
      WHERE "id" = ${row.assetId} AND "versionId" = ${versionId} AND "etag" = ${etag} AND "kind" <> ${found.kind}`;
    await recordChange(tx, library.id, 'asset', row.assetId, row.path);
    if (found.wantsPreview) {
      const payload = { libraryId: job.libraryId, key, versionId, etag };
      await enqueue(tx, 'make-preview', payload, {
        jobKey: jobKeyOf('make-preview', payload),
        priority: priorities.preview,
      });
    }
  });
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
