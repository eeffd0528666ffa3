/**
 * Types whose bytes a browser may show from the store's origin: pixels and sound, which cannot run anything.
 * SVG, HTML, XML and PDF are not among them (DESIGN section 10). Safe in a browser.
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
