import type { DragEvent } from 'react';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { contentUrl } from './content-url.ts';

/**
 * A file that is dragged out of the window is saved where it is dropped, straight from the store: Chromium and its kin read this type,
 * "media type:name:address"; others ignore it. The address answers with a redirect, and the browser sends its own session along.
 */
export function dragOut(event: DragEvent, asset: AssetEntry): void {
  // A colon divides the parts, and no file system takes a slash.
  const name = asset.name.replace(/[:/\\]/g, '_');
  const address = new URL(contentUrl(asset, 'attachment'), window.location.href).href;
  event.dataTransfer.setData('DownloadURL', `${asset.contentType ?? 'application/octet-stream'}:${name}:${address}`);
  event.dataTransfer.effectAllowed = 'copyMove';
}
