import { isInlineType } from '#lib/assets/inline-types.ts';
import { kindOfType } from '#lib/assets/kind-of.ts';
import type { AssetDetail, AssetEntry, AssetKind } from '#lib/assets/schema.ts';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { VersionView } from '#lib/versions/schema.ts';

/** One version of a file, as the viewer shows it. */
export type Shown = Pick<
  AssetEntry,
  | 'id'
  | 'name'
  | 'kind'
  | 'contentType'
  | 'size'
  | 'width'
  | 'height'
  | 'durationMs'
  | 'thumbhash'
  | 'thumbnailUrl'
  | 'storageClass'
  | 'versionId'
> & {
  problem: string | null;
  inspected: boolean;
  /** Its bytes are gone from the store. */
  gone?: boolean;
};

export type Stage =
  | { way: 'picture'; original: boolean; preview: boolean }
  | { way: 'video' | 'audio' | 'pdf' }
  | { way: 'text'; why: string | null }
  | { way: 'archived' | 'making' | 'gone' }
  | { way: 'none'; why: string };

/** The current version, or an older one of the same file. */
export function shownOf(asset: AssetEntry & Partial<Pick<AssetDetail, 'media'>>, version: VersionView | null): Shown {
  if (!version || version.versionId === asset.versionId) {
    const media = asset.media ?? null;
    return {
      ...asset,
      problem: media?.problem ?? null,
      inspected: media !== null || asset.thumbhash !== null,
      gone: Boolean(asset.since?.removedAt),
    };
  }
  const { contentType, size, width, height, durationMs, thumbhash, thumbnailUrl, versionId, problem } = version;
  return {
    id: asset.id,
    name: asset.name,
    kind: kindOfType(contentType) ?? asset.kind,
    storageClass: version.storageClass ?? 'STANDARD',
    inspected: thumbhash !== null || problem !== null,
    gone: version.removedAt !== null,
    ...{ contentType, size, width, height, durationMs, thumbhash, thumbnailUrl, versionId, problem },
  };
}

/** Originals of at most this longest side and size have no preview: they are their own (lib/renditions/look-inside.ts). */
const previewPixels = 1_600;
const smallBytes = 1024 * 1024;
/** More text than this is not read at once, bytes. */
export const mostTextBytes = 1024 * 1024;

/** How a version is shown. Nothing of a file ever runs: HTML is text here, and an SVG the picture that the server drew, or text. */
export function planStage(shown: Shown): Stage {
  const { contentType, kind, size, problem, thumbnailUrl } = shown;
  if (shown.gone) return { way: 'gone' };
  if (isArchived(shown.storageClass)) return { way: 'archived' };
  if (size === 0) return { way: 'none', why: 'It is empty.' };
  if (contentType === 'image/svg+xml' && thumbnailUrl === null)
    return { way: 'text', why: 'An SVG is shown as text, never run.' };
  if (contentType === 'text/html') return { way: 'text', why: 'A page is shown as text, never run.' };
  if (kind === 'text') return { way: 'text', why: null };
  if (contentType === 'application/pdf') return { way: 'pdf' };
  const original = isInlineType(contentType);
  if ((kind === 'video' || kind === 'audio') && original) return { way: kind };
  if (kind === 'image' && original && (problem === null || thumbnailUrl !== null)) {
    return { way: 'picture', original, preview: thumbnailUrl !== null && hasPreview(shown) };
  }
  if (thumbnailUrl !== null) return { way: 'picture', original: false, preview: true };
  if (problem !== null) return { way: 'none', why: problem };
  if (!shown.inspected && makesPicture(kind)) return { way: 'making' };
  return { way: 'none', why: 'There is no preview for files of this type.' };
}

/**
 * In pixels, null where nobody knows. What a drawing says of its size is a proportion: a symbol of 24 x 24 is looked at as large as what was
 * drawn of it.
 */
export function sizeOnStage({ contentType, width, height }: Shown): { width: number; height: number } | null {
  if (!width || !height) return null;
  const scale = contentType === 'image/svg+xml' ? previewPixels / Math.max(width, height) : 1;
  return { width: width * scale, height: height * scale };
}

const makesPicture = (kind: AssetKind) =>
  kind === 'image' || kind === 'video' || kind === 'audio' || kind === 'document';

function hasPreview({ width, height, size }: Shown): boolean {
  return Math.max(width ?? 0, height ?? 0) > previewPixels || size > smallBytes;
}
