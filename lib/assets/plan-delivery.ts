import { knownContentType } from './asset-entry.ts';

/**
 * Types whose bytes a browser may show from the store's origin: pixels and sound, which cannot run anything.
 * SVG, HTML, XML and PDF are not among them (DESIGN section 10).
 */
const inlineTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
  'video/matroska',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/wav',
  'audio/ogg',
  'audio/webm',
  'audio/flac',
]);

/** Whether a browser may be given these bytes to show. */
export function isInlineType(contentType: string | null): boolean {
  return contentType !== null && inlineTypes.has(contentType);
}

/**
 * How the bytes of a version leave the store. The answer's type is always ours, whatever was stored with the object: an uploader must
 * not be able to serve a page from the store's origin.
 */
export function planDelivery(
  wanted: 'inline' | 'attachment',
  name: string,
  storedType: string | null,
): { disposition: 'inline' | 'attachment'; contentType: string } {
  const type = knownContentType(name, storedType);
  if (wanted === 'inline' && isInlineType(type)) return { disposition: 'inline', contentType: type };
  return { disposition: 'attachment', contentType: 'application/octet-stream' };
}
