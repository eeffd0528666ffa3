import * as z from 'zod';
import { transitionClasses } from './storage-classes.ts';

/** Days of a rule; S3 takes any positive 32-bit number, 100 years are more than anybody means. */
const days = z.number().int().min(0).max(36_500);
const positiveDays = days.min(1);
/** S3 keeps 1 to 100 newer versions beside the current one (s3-facts 3.17). */
const keepNewest = z.number().int().min(1).max(100);

export const transitionClass = z.enum(transitionClasses);

/**
 * A lifecycle rule as the editor and the API speak of it. `prefix` is a path in the library; the library's root prefix is put
 * before it when the bucket's document is made. Every number of days counts as S3 counts: to the next midnight UTC.
 */
export const lifecycleRule = z.object({
  /** Shown to people and part of the bucket's rule id, so it is unique among the rules of a library. */
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean(),
  prefix: z.string().max(1024).default(''),
  tags: z.array(z.object({ key: z.string().min(1).max(128), value: z.string().max(256) })).default([]),
  /** Bytes; only objects larger, smaller than this. */
  largerThan: z.number().int().nonnegative().nullable().default(null),
  smallerThan: z.number().int().positive().nullable().default(null),
  /** Where the current version goes, and when, in days after it was uploaded. */
  transitions: z
    .array(z.object({ days, storageClass: transitionClass }))
    .max(6)
    .default([]),
  /** Days after which the current version expires: it gets a delete marker and becomes an old version. */
  expireAfterDays: positiveDays.nullable().default(null),
  /** Removes a delete marker under which no version is left. */
  removeMarkers: z.boolean().default(false),
  oldVersions: z
    .object({
      /** In days after a newer version took its place. */
      transitions: z
        .array(z.object({ days, storageClass: transitionClass, keepNewest: keepNewest.nullable().default(null) }))
        .max(6)
        .default([]),
      removeAfterDays: positiveDays.nullable().default(null),
      /** Old versions that stay whatever their age. */
      keepNewest: keepNewest.nullable().default(null),
    })
    .default({ transitions: [], removeAfterDays: null, keepNewest: null }),
  abortUploadsAfterDays: positiveDays.nullable().default(null),
});
export type LifecycleRule = z.infer<typeof lifecycleRule>;
