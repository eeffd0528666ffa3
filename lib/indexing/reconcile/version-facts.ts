import { Prisma } from '#lib/db.ts';
import type { ListedVersion } from '#lib/storage/types.ts';

/** What is compared of a version: everything that a listing says, with the time in whole seconds. */
export type VersionFact = {
  isDeleteMarker: boolean;
  size: number;
  etag: string;
  storageClass: string;
  /** Seconds since 1970. A row may come from a HEAD, whose time has no milliseconds (HTTP date). */
  modifiedAt: number;
  versionId: string;
};

/** Neither may stand in an ETag or a class; the version id, which is opaque, comes last. */
const [field, line] = ['\u001f', '\u001e'];

/** The versions of one key as one text, newest first, so that a key that agrees costs one comparison of strings. */
export function describeListed(versions: ListedVersion[]): string {
  return versions
    .map((version) =>
      [
        version.isDeleteMarker ? '1' : '0',
        version.size,
        version.etag ?? '',
        version.storageClass ?? '',
        Math.floor(version.modifiedAt.getTime() / 1000),
        version.versionId,
      ].join(field),
    )
    .join(line);
}

/** The same text from the rows of table "Version" under alias `v`, as an aggregate. Null: no version is present. */
export const describeStored = Prisma.sql`string_agg(
  concat_ws(${field}, v."isDeleteMarker"::int, v."size", coalesce(v."etag", ''), coalesce(v."storageClass", ''),
            floor(extract(epoch FROM v."modifiedAt"))::bigint, v."versionId"),
  ${line} ORDER BY v."seq" DESC)`;

export function parseFacts(text: string): VersionFact[] {
  if (text === '') return [];
  return text.split(line).map((version) => {
    const [marker, size, etag, storageClass, modifiedAt, ...id] = version.split(field);
    return {
      isDeleteMarker: marker === '1',
      size: Number(size),
      etag: etag ?? '',
      storageClass: storageClass ?? '',
      modifiedAt: Number(modifiedAt),
      versionId: id.join(field),
    };
  });
}
