import * as z from 'zod';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';
import { mediaView } from '#lib/renditions/schema.ts';

export const assetKind = z.enum(['image', 'video', 'audio', 'document', 'text', 'archive', 'other']);
export type AssetKind = z.infer<typeof assetKind>;

export const entrySort = z.enum(['name', '-name', 'size', '-size', 'modified', '-modified', 'type']);
export type EntrySort = z.infer<typeof entrySort>;

export const folderEntry = z.object({
  type: z.literal('folder'),
  name: z.string(),
  path: z.string(),
  /** Null above a grant: one sees the way, no rollups. */
  assetCount: z.number().int().nullable(),
  bytes: byteCount.nullable(),
  /** False: the index does not hold it yet, so its counts are not known; opened, it is listed from the store. */
  indexed: z.boolean(),
  /** Whether there are folders in it. Told of the indexed folders in a list of folders only. */
  holdsFolders: z.boolean().optional(),
});

export const assetEntry = z.object({
  type: z.literal('asset'),
  id: idText,
  name: z.string(),
  path: z.string(),
  irregular: z.boolean(),
  kind: assetKind,
  size: byteCount,
  contentType: z.string().nullable(),
  modifiedAt: isoTime,
  versionId: z.string(),
  versionCount: z.number().int(),
  storageClass: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  thumbhash: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
  tags: z.array(z.string()),
  /** Only as of a moment: what became of this version. `removedAt`: when its bytes were seen to be gone. */
  since: z.object({ versions: z.number().int(), deleted: z.boolean(), removedAt: isoTime.nullable() }).optional(),
});
export type FolderEntry = z.infer<typeof folderEntry>;
export type AssetEntry = z.infer<typeof assetEntry>;

export const entry = z.discriminatedUnion('type', [folderEntry, assetEntry]);
export type Entry = z.infer<typeof entry>;

export const indexAge = z.object({
  state: z.enum(['live', 'indexing', 'stale']),
  /** How far it is behind the store while events follow the bucket; null when none do: then it is as fresh as `checkedAt`. */
  lagSeconds: z.number().nullable(),
  /** 0 to 1 while indexing. */
  progress: z.number().nullable(),
  /** While indexing, once there is enough to tell by. */
  secondsLeft: z.number().nullable(),
  checkedAt: isoTime.nullable(),
  /** Found by the last comparison with the bucket, which only reported, and not repaired since. */
  differences: z.number().int(),
  /** This page came from the store itself, in key order, since the index does not hold the folder yet. */
  fromStore: z.boolean(),
});

export const assetDetail = assetEntry.extend({
  /** What inspection found in the current version; null while nobody looked. */
  media: mediaView.nullable(),
  library: z.string(),
  state: z.enum(['live', 'trashed', 'gone']),
  trashedAt: isoTime.nullable(),
  etag: z.string().nullable(),
  /** Base64 CRC64NVME of the current version, as S3 writes it. */
  crc64nvme: z.string().nullable(),
  /** What the caller may do here, so that the page greys what it must. */
  allowed: z.object({ write: z.boolean(), restoreVersions: z.boolean() }),
});
export type AssetDetail = z.infer<typeof assetDetail>;
