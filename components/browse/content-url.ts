import { isInlineType } from '#lib/assets/inline-types.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';

/** Bytes of an original that a tile may load for its preview, until there are thumbnails: 8 MiB; in a list row a tenth of a photo. */
export const tilePreviewBytes = 8 * 1024 * 1024;
export const rowPreviewBytes = 512 * 1024;
/** One picture in the details panel may be large. */
export const panelPreviewBytes = 64 * 1024 * 1024;

/** Redirects to the store; the app hands out a short link and no byte. */
export function contentUrl(asset: Pick<AssetEntry, 'id' | 'versionId'>, as: 'inline' | 'attachment'): string {
  return `/api/v1/assets/${asset.id}/content?${new URLSearchParams({ versionId: asset.versionId, as })}`;
}

/** What can be shown of an asset without a thumbnail: the picture itself, a frame of the film, or nothing. */
export function previewOf(asset: AssetEntry, most: number): 'picture' | 'film' | null {
  if (!isInlineType(asset.contentType) || asset.size === 0) return null;
  // A film is read in pieces: its beginning is enough whatever its size.
  if (asset.kind === 'video') return 'film';
  return asset.kind === 'image' && asset.size <= most ? 'picture' : null;
}

/** Files that are saved at once at most: each is a download of its own, and browsers ask before many. */
export const mostDownloads = 20;
/** Ms between two downloads; browsers drop those that come in the same moment. */
const downloadGap = 250;

/** Lets the browser save files, straight from the store and under their own names (its Content-Disposition gives them). */
export function download(assets: AssetEntry[]): void {
  for (const [at, asset] of assets.entries()) {
    setTimeout(() => {
      const link = document.createElement('a');
      link.href = contentUrl(asset, 'attachment');
      // As a download and not as a navigation, so that one does not cancel the other, and an error leaves the page alone.
      link.download = '';
      link.click();
    }, at * downloadGap);
  }
}
