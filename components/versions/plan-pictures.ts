import { isInlineType } from '#lib/assets/inline-types.ts';
import type { VersionView } from '#lib/versions/schema.ts';

/** Bytes of originals that one history may load for its bands, and of one version, until there are thumbnails. */
export const allPictureBytes = 24 * 1024 * 1024;
export const onePictureBytes = 8 * 1024 * 1024;

/** The versions whose own picture is drawn in the core: newest first, as far as the budget goes. */
export function planPictures(versions: VersionView[]): Set<string> {
  const drawn = new Set<string>();
  let left = allPictureBytes;
  for (const version of versions) {
    const { contentType, size, removedAt, isDeleteMarker, versionId } = version;
    if (isDeleteMarker || removedAt !== null || size === 0) continue;
    if (!contentType?.startsWith('image/') || !isInlineType(contentType)) continue;
    if (size > onePictureBytes || size > left) continue;
    left -= size;
    drawn.add(versionId);
  }
  return drawn;
}
