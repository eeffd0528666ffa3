import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { renditionUrl } from '#lib/renditions/rendition-url.ts';
import { presignGet } from '#lib/storage/presign.ts';
import { planDelivery } from './plan-delivery.ts';
import { requireAsset } from './require-asset.ts';

/** Seconds that a link lives. A download that began goes on after it. */
const expiresIn = 300;
/** Seconds in which the same picture has the same link, so that the browser's cache answers instead of the store. */
const pictureWindow = 600;

/**
 * A short link to the bytes of exactly one version, for the caller's browser; the app never handles them.
 * The version must be one of this asset's that is still in the store. Only raster pictures, sound and video are shown, all else is saved.
 * @throws AppError not_found for an asset or version that is unknown, not yours, a delete marker or removed
 */
export async function getAssetContent(
  actor: Actor,
  input: { id: string; versionId?: string | undefined; as: 'inline' | 'attachment' | 'thumbnail' | 'preview' },
): Promise<{ location: string }> {
  const { row, library } = await requireAsset(actor, input.id);
  const version = await db().version.findFirst({
    where: {
      assetId: row.id,
      versionId: input.versionId ?? row.versionId,
      isDeleteMarker: false,
      removedAt: null,
    },
    select: { versionId: true, contentType: true, etag: true },
  });
  if (!version) throw notFound('The version');
  const key = toKey(library, row.path);
  const bytes = { key, versionId: version.versionId, etag: version.etag ?? '' };
  if (input.as === 'thumbnail' || input.as === 'preview') {
    return { location: await renditionUrl(library, bytes, input.as) };
  }
  const name = nameOf(row.path);
  const seen = await db().mediaInfo.findFirst({
    where: { libraryId: library.id, ...bytes },
    select: { contentType: true },
  });
  const delivery = planDelivery(input.as, name, seen?.contentType ?? version.contentType);
  // The content of a `null` version changes under the same id, so its link must not be cached.
  const cacheable = delivery.disposition === 'inline' && version.versionId !== 'null';
  const signed = await presignGet({
    ref: { bucket: library.bucket, key },
    versionId: version.versionId,
    fileName: name,
    expiresIn,
    ...delivery,
    ...(cacheable ? { windowSeconds: pictureWindow } : {}),
  });
  return { location: signed.url };
}
