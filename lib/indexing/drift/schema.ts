import * as z from 'zod';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';

/** One side of a comparison. The checksum covers every key, version, size, ETag, class, time and order that was compared. */
export const driftSide = z.object({
  keys: z.number().int(),
  /** With delete markers. */
  versions: z.number().int(),
  /** Of all versions. */
  bytes: byteCount,
  /** 16 hexadecimal digits. */
  checksum: z.string(),
});
export type DriftSide = z.infer<typeof driftSide>;

export const driftReport = z.object({
  id: idText,
  state: z.enum(['running', 'done', 'cancelled']),
  /** False: it only reports. */
  repair: z.boolean(),
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
  problem: z.string().nullable(),
  bucket: driftSide,
  /** As it was when it was compared. */
  index: driftSide,
  /** Keys that differ, by cause (lib/indexing/reconcile/drift-cause.ts). */
  causes: z.record(z.string(), z.number().int()),
  differences: z.number().int(),
  /** Of those that are listed by name: how many were repaired. */
  repaired: z.number().int(),
  /** Folders whose sides differ, by path, 50 at most: what the bucket has more (or, negative, less) than the index. */
  folders: z.array(
    z.object({ path: z.string(), keys: z.number().int(), versions: z.number().int(), bytes: z.number().int() }),
  ),
  folderCount: z.number().int(),
  /** The first 100 by path. */
  items: z.array(z.object({ path: z.string(), cause: z.string(), repaired: z.boolean() })),
});
export type DriftReport = z.infer<typeof driftReport>;

/** The last comparison, and the last one before it that found something: what was repaired since. */
export const driftView = z.object({ last: driftReport.nullable(), before: driftReport.nullable() });
export type DriftView = z.infer<typeof driftView>;
