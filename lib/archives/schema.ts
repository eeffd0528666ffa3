import * as z from 'zod';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';

/** One file of a ZIP, or with `id` null an empty folder. */
export const archiveEntry = z.object({
  id: idText.nullable(),
  versionId: z.string().nullable(),
  /** Inside the ZIP; a folder ends in "/". */
  name: z.string(),
  size: byteCount,
  modifiedAt: isoTime,
});
export type ArchiveEntry = z.infer<typeof archiveEntry>;

export const leftOut = z.object({ path: z.string(), reason: z.string() });
