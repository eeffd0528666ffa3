import { hasRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { recheckKey } from '#lib/follow/recheck-key.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { readOnlyReason } from '#lib/libraries/require-library.ts';
import { findMediaView } from '#lib/renditions/media-view.ts';
import { requireAsset } from './require-asset.ts';
import type { AssetDetail, AssetEntry } from './schema.ts';
import { toAssetEntries } from './to-asset-entries.ts';

/** One asset with its facts, checked with the store, and what the caller may do with it. @throws AppError not_found */
export async function getAsset(actor: Actor, input: { id: string }): Promise<{ asset: AssetDetail }> {
  const known = await requireAsset(actor, input.id);
  const key = toKey(known.library, known.row.path);
  await recheckKey(known.library, key);
  // Once more, since the look may have changed it.
  const { row, library } = await requireAsset(actor, input.id);
  const { versionId } = row;
  const etag = row.etag ?? '';
  const bytes = { libraryId: library.id, key, versionId, etag };
  const [info, thumbnail, media, version, tags] = await Promise.all([
    db().mediaInfo.findFirst({
      where: bytes,
      select: { width: true, height: true, durationMs: true, thumbhash: true, contentType: true },
    }),
    db().rendition.findFirst({ where: { ...bytes, kind: 'thumbnail' }, select: { recipe: true } }),
    findMediaView(bytes, row.name),
    db().version.findFirst({
      where: { assetId: row.id, versionId: row.versionId, removedAt: null },
      select: { crc64nvme: true },
    }),
    db().tag.findMany({ where: { libraryId: library.id, key }, select: { name: true }, orderBy: { name: 'asc' } }),
  ]);
  const writable = readOnlyReason(library) === null;
  const [entry] = await toAssetEntries(library, [
    {
      ...row,
      width: info?.width ?? null,
      height: info?.height ?? null,
      durationMs: info?.durationMs ?? null,
      thumbhash: info?.thumbhash ?? null,
      sniffedType: info?.contentType ?? null,
      thumbnailRecipe: thumbnail?.recipe ?? null,
      tags: tags.map((tag) => tag.name),
    },
  ]);
  return {
    asset: {
      ...(entry as AssetEntry),
      media,
      library: library.slug,
      state: row.state,
      trashedAt: row.trashedAt?.toISOString() ?? null,
      etag: row.etag,
      crc64nvme: version?.crc64nvme ? Buffer.from(version.crc64nvme).toString('base64') : null,
      allowed: {
        write: writable && hasRole(actor, library.id, row.path, 'contributor'),
        restoreVersions: writable && hasRole(actor, library.id, row.path, 'admin'),
      },
    },
  };
}
