import { isInlineType } from '#lib/assets/inline-types.ts';
import { renditionPixels } from './rendition-key.ts';

/** An original up to this size and no larger than a preview is its own preview. Bytes. */
const smallBytes = 1024 * 1024;

/** Whether a preview of a picture is worth a job of its own. @param size bytes */
export function wantsPreview(
  contentType: string,
  pixels: { width: number | null; height: number | null },
  size: number,
): boolean {
  const longest = Math.max(pixels.width ?? 0, pixels.height ?? 0);
  return !isInlineType(contentType) || longest > renditionPixels.preview || size > smallBytes;
}
