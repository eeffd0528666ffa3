import { knownContentType } from './asset-entry.ts';
import { isInlineType } from './inline-types.ts';

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
