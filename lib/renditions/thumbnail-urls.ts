import { presignRendition } from '#lib/storage/renditions-bucket.ts';
import { type RenditionSource, renditionKey } from './rendition-key.ts';

/**
 * Links to thumbnails, straight to the store; the caller has checked the right to see each.
 * @param sources with the recipe of the thumbnail that exists; null: there is none
 */
export function thumbnailUrls(sources: (RenditionSource & { recipe: number | null })[]): Promise<(string | null)[]> {
  return Promise.all(
    sources.map(({ recipe, ...source }) =>
      recipe === null ? null : presignRendition(renditionKey(source, 'thumbnail', recipe)),
    ),
  );
}
