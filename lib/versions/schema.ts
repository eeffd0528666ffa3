import * as z from 'zod';
import { assetEntry } from '#lib/assets/schema.ts';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';

/**
 * What the bucket's lifecycle rules, as they are now, will do: when it goes for good and by which rule; nulls: nothing removes it. `trash`:
 * when the file, while this is its current version, is moved to the trash.
 */
export const fateView = z.object({
  at: isoTime.nullable(),
  rule: z.string().nullable(),
  trash: z.object({ at: isoTime, rule: z.string() }).nullable(),
});
export type FateView = z.infer<typeof fateView>;

export const versionView = z.object({
  versionId: z.string(),
  /** Counted from the oldest, without delete markers: "Version 3". Null for a marker. */
  number: z.number().int().nullable(),
  isDeleteMarker: z.boolean(),
  isCurrent: z.boolean(),
  size: byteCount,
  etag: z.string().nullable(),
  crc64nvme: z.string().nullable(),
  contentType: z.string().nullable(),
  storageClass: z.string().nullable(),
  modifiedAt: isoTime,
  validFrom: isoTime,
  validTo: isoTime.nullable(),
  /** When it was seen to be gone from the store. */
  removedAt: isoTime.nullable(),
  /** Null where that is not known, and for what is gone. */
  goes: fateView.nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  thumbhash: z.string().nullable(),
  thumbnailUrl: z.string().nullable(),
  /** What is wrong with the file, or why there is no picture of it. */
  problem: z.string().nullable(),
  /** Who made it and how, when Strata did; null when another tool wrote it. */
  by: z.object({ name: z.string(), you: z.boolean() }).nullable(),
  cause: z.enum(['upload', 'restore', 'reclass', 'copy', 'move', 'trash', 'unknown']),
  /** The version number that a restored version, or one of another class, was copied from. */
  restoredFrom: z.string().nullable(),
  /** The place and version that a moved or copied one came from, where the caller may look. */
  origin: z.object({ path: z.string(), versionId: z.string() }).nullable(),
});
export type VersionView = z.infer<typeof versionView>;

const pair = z.object({ name: z.string(), value: z.string() });

/** What the store keeps with the bytes of a version, by name. `tags`: S3 object tags, null where the store has none. */
export const versionProperties = z.object({
  headers: z.array(pair),
  metadata: z.array(pair),
  tags: z.array(pair).nullable(),
});
export type VersionProperties = z.infer<typeof versionProperties>;

/** The place that a file was moved from, with what the caller may do there. */
export const earlierPlace = z.object({
  /** Of the asset there, which has the earlier versions. */
  id: idText,
  path: z.string(),
  until: isoTime,
  allowed: z.object({ write: z.boolean(), restoreVersions: z.boolean() }),
});
export type EarlierPlace = z.infer<typeof earlierPlace>;

/** A file in the trash: it is there with all its versions, hidden by a delete marker. Size and version id are those of the newest version. */
export const trashEntry = assetEntry.extend({
  trashedAt: isoTime,
  /** Null when another tool deleted it. */
  by: z.object({ name: z.string(), you: z.boolean() }).nullable(),
  /** Of its newest version. Null: not known. */
  goes: fateView.nullable(),
  allowed: z.object({ restore: z.boolean(), restoreVersions: z.boolean() }),
});
export type TrashEntry = z.infer<typeof trashEntry>;
