import { hash } from 'node:crypto';

export const renditionKinds = ['thumbnail', 'preview'] as const;
export type RenditionKind = (typeof renditionKinds)[number];

/** Raised when pictures are made in another way: they get other keys, and what caches hold of the old ones stays right. */
export const recipe = 1;

/** Longest side, in px. */
export const renditionPixels: Record<RenditionKind, number> = { thumbnail: 320, preview: 1600 };

/** What a rendition is made of. The ETag tells apart what a `null` version held at different times. */
export type RenditionSource = { bucket: string; key: string; versionId: string; etag: string };

/** Keys and version ids may be long and hold anything; 22 characters of a hash (128 bits) do not collide and fit every store. */
const short = (text: string) => hash('sha256', text, 'base64url').slice(0, 22);

/**
 * Where a rendition lies in the renditions bucket. By bucket name and not by the library's id, so that it is found again after the
 * database was set up anew.
 */
export function renditionKey(source: RenditionSource, kind: RenditionKind, madeBy: number = recipe): string {
  const version = short(`${source.versionId}\0${source.etag}`);
  return `${source.bucket}/${short(source.key)}/${version}/${kind}-${madeBy}.webp`;
}
