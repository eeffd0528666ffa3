import { contentTypeOf, kindOf } from '#lib/assets/kind-of.ts';
import type { AssetKind } from '#lib/assets/schema.ts';

/**
 * The ending of a name that promises something else than the bytes hold: a JPEG called `.png`, a film called `.jpg`. Endings of one
 * family (`.mov` and `.mp4`, kinds of text) say nothing wrong.
 * @returns ".png", or null when nothing is wrong or the name has no ending that is known
 */
export function planWrongEnding(name: string, found: { kind: AssetKind; contentType: string }): string | null {
  const promised = contentTypeOf(name);
  if (promised === 'application/octet-stream' || promised === found.contentType) return null;
  const kind = kindOf(name);
  // A GIF called .png is still a picture, but no program opens it by its name.
  const wrong = kind !== found.kind || (kind === 'image' && family(promised) !== family(found.contentType));
  return wrong ? name.slice(name.lastIndexOf('.')).toLowerCase() : null;
}

/** Types that go by each other's endings. */
function family(type: string): string {
  if (/^image\/(heic|heif|avif)(-sequence)?$/.test(type)) return 'heif';
  if (/^image\/a?png$/.test(type)) return 'png';
  if (/^image\/(tiff|x-)/.test(type)) return 'tiff';
  return type;
}
