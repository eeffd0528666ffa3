import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { presignRendition } from '#lib/storage/renditions-bucket.ts';
import { type RenditionKind, renditionKey } from './rendition-key.ts';

/**
 * A link to a picture made from a version; in place of a preview that is not there, to the thumbnail. The caller has checked the right.
 * @throws AppError not_found
 */
export async function renditionUrl(
  library: Pick<LibraryContext, 'id' | 'bucket'>,
  bytes: { key: string; versionId: string; etag: string },
  wanted: RenditionKind,
): Promise<string> {
  const rows = await db().rendition.findMany({ where: { libraryId: library.id, ...bytes } });
  const row = rows.find(({ kind }) => kind === wanted) ?? rows.find(({ kind }) => kind === 'thumbnail');
  if (!row) throw notFound('The picture');
  return presignRendition(renditionKey({ bucket: library.bucket, ...bytes }, row.kind as RenditionKind, row.recipe));
}
