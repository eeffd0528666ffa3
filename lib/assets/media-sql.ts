import { Prisma } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';

/** What inspection knows of the current version of `a`, an "Asset": columns of `AssetRow`. Goes with `mediaJoins`. */
export const mediaColumns = Prisma.sql`
  m."width", m."height", m."durationMs", m."thumbhash", m."contentType" AS "sniffedType", r."recipe" AS "thumbnailRecipe"`;

/**
 * Two look-ups by primary key a row, so it is joined to a page and never to a folder. `a` must have "path", "versionId" and "etag": a
 * `null` version changes its content, and what is known of the old one must not be shown.
 */
export const mediaJoins = (library: Pick<LibraryContext, 'id' | 'rootPrefix'>): Prisma.Sql => Prisma.sql`
  LEFT JOIN "MediaInfo" m ON m."libraryId" = ${library.id} AND m."key" = ${library.rootPrefix} || a."path"
    AND m."versionId" = a."versionId" AND m."etag" = a."etag"
  LEFT JOIN "Rendition" r ON r."libraryId" = ${library.id} AND r."key" = ${library.rootPrefix} || a."path"
    AND r."versionId" = a."versionId" AND r."etag" = a."etag" AND r."kind" = 'thumbnail'`;
