import { contentTypeOf } from './kind-of.ts';
import { safeNumber } from './safe-number.ts';
import type { AssetEntry, AssetKind } from './schema.ts';

/** An asset with what inspection found, as read by a listing. */
export type AssetRow = {
  id: bigint;
  name: string;
  path: string;
  irregular: boolean;
  kind: string;
  contentType: string | null;
  size: bigint;
  modifiedAt: Date;
  versionId: string;
  etag: string | null;
  versionCount: number;
  storageClass: string;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  thumbhash: Uint8Array | null;
  /** By the bytes; null while nobody looked at them. */
  sniffedType: string | null;
  /** Of the thumbnail; null: there is none. */
  thumbnailRecipe: number | null;
  tags: string[];
};

/** S3's and MinIO's "nobody said": the name knows better. */
const unsaid = new Set(['application/octet-stream', 'binary/octet-stream', '']);

/** @param thumbnailUrl from `thumbnailUrls` */
export function toAssetEntry(row: AssetRow, thumbnailUrl: string | null): AssetEntry {
  return {
    type: 'asset',
    id: String(row.id),
    name: row.name,
    path: row.path,
    irregular: row.irregular,
    kind: row.kind as AssetKind,
    size: safeNumber(row.size),
    contentType: row.sniffedType ?? knownContentType(row.name, row.contentType),
    modifiedAt: row.modifiedAt.toISOString(),
    versionId: row.versionId,
    versionCount: row.versionCount,
    storageClass: row.storageClass,
    width: row.width,
    height: row.height,
    durationMs: row.durationMs,
    thumbhash: row.thumbhash ? Buffer.from(row.thumbhash).toString('base64') : null,
    thumbnailUrl,
    tags: row.tags,
  };
}

/** The stored content type, or what the name suggests when the store was told nothing. */
export function knownContentType(name: string, stored: string | null): string {
  const type = stored?.split(';')[0]?.trim().toLowerCase() ?? '';
  return unsaid.has(type) ? contentTypeOf(name) : type;
}
