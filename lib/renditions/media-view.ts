import type { AssetKind } from '#lib/assets/schema.ts';
import { db } from '#lib/db.ts';
import { planWrongEnding } from './plan-wrong-ending.ts';
import { type MediaView, mediaDetails } from './schema.ts';

/**
 * What is known of the bytes of one version, for people. The caller has checked the right to see it.
 * @returns null while nobody looked at these bytes
 */
export async function findMediaView(
  version: { libraryId: bigint; key: string; versionId: string; etag: string },
  name: string,
): Promise<MediaView | null> {
  const { libraryId, key, versionId, etag } = version;
  const where = { libraryId, key, versionId, etag };
  const [info, previews] = await Promise.all([
    db().mediaInfo.findFirst({ where }),
    db().rendition.count({ where: { ...where, kind: 'preview' } }),
  ]);
  if (!info) return null;
  const kind = info.kind as AssetKind;
  return {
    contentType: info.contentType,
    wrongEnding: planWrongEnding(name, { kind, contentType: info.contentType }),
    takenAt: info.takenAt?.toISOString() ?? null,
    camera: info.camera,
    latitude: info.latitude,
    longitude: info.longitude,
    problem: info.problem,
    hasPreview: previews > 0,
    // Rows of an older build may lack or hold what this one knows not.
    details: mediaDetails.catch({}).parse(info.details ?? {}),
    inspectedAt: info.inspectedAt.toISOString(),
  };
}
