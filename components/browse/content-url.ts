import type { AssetEntry } from '#lib/assets/schema.ts';

/** Redirects to the store; the app hands out a short link and no byte. */
export function contentUrl(
  asset: Pick<AssetEntry, 'id' | 'versionId'>,
  as: 'inline' | 'attachment' | 'thumbnail' | 'preview',
): string {
  return `/api/v1/assets/${asset.id}/content?${new URLSearchParams({ versionId: asset.versionId, as })}`;
}

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
