import * as z from 'zod';
import { byteCount, idText, isoTime, librarySlug } from '#lib/libraries/schema.ts';

/** A comparison of a library with its bucket, under way or ended. */
export const indexRunView = z.object({
  id: idText,
  /** "first": the bucket was never listed as a whole; "check": a later comparison; "rebuild": after the index was dropped. */
  kind: z.enum(['first', 'check', 'rebuild']),
  state: z.enum(['running', 'done', 'cancelled']),
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
  /** Why it does not go on at the moment, in words; it is tried again by itself. */
  problem: z.string().nullable(),
  /** 0 to 1, by how far the key space was walked. */
  progress: z.number(),
  /** Null while there is too little to tell by. */
  secondsLeft: z.number().nullable(),
  /** Listed so far: keys, versions with delete markers, and the bytes of all versions. */
  keys: z.number().int(),
  versions: z.number().int(),
  bytes: byteCount,
  /** Keys that differed, by cause (lib/indexing/reconcile/drift-cause.ts). */
  drift: z.record(z.string(), z.number().int()),
  differences: z.number().int(),
});
export type IndexRunView = z.infer<typeof indexRunView>;

/** What the index page shows of a library. */
export const libraryIndex = z.object({
  slug: librarySlug,
  name: z.string(),
  bucket: z.string(),
  rootPrefix: z.string(),
  versioning: z.enum(['enabled', 'suspended', 'off']),
  /** Made by set-up, from the environment: it cannot be removed here. */
  fromSetup: z.boolean(),
  state: z.enum(['live', 'indexing', 'stale']),
  /** Behind the bucket, where its events are followed. */
  lagSeconds: z.number().nullable(),
  checkedAt: isoTime.nullable(),
  /** Found by the last comparison, which only reported, and not repaired since. */
  differences: z.number().int(),
  /** Live files and their bytes, as folders count them. */
  assetCount: z.number().int(),
  bytes: byteCount,
  running: indexRunView.nullable(),
  /** The last one that ended. */
  last: indexRunView.nullable(),
});
export type LibraryIndex = z.infer<typeof libraryIndex>;
