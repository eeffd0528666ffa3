import * as z from 'zod';
import { idText, isoTime } from '#lib/libraries/schema.ts';
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
  /** S3 object tags, all of which an object must have; an unfinished draft may have one without a name. */
  tags: z
    .array(z.object({ key: z.string().max(128), value: z.string().max(256) }))
    .max(50)
    .default([]),
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

/** One rule of the bucket's document that Strata does not edit, for reading. */
export const storedRuleView = z.object({
  id: z.string(),
  prefix: z.string(),
  enabled: z.boolean(),
  /** S3's own JSON. */
  document: z.record(z.string(), z.unknown()),
});

export const ruleProblem = z.object({ rule: z.number().int(), field: z.string(), text: z.string() });
export const competition = z.object({ rules: z.tuple([z.string(), z.string()]), text: z.string() });

export const lifecycleView = z.object({
  rules: z.array(lifecycleRule),
  foreign: z.array(storedRuleView),
  /** The bucket's whole document as S3's JSON. */
  document: z.array(z.record(z.string(), z.unknown())),
  /** Of the document: a save that names another one is refused, so that nobody's change is lost. */
  revision: z.string(),
  /** Why rules cannot be kept here, in words; null when they can. */
  unsupportedReason: z.string().nullable(),
  classes: z.array(z.object({ name: transitionClass, supported: z.boolean() })),
  abortUploads: z.boolean(),
  /** Objects under 128 KB: `all` stay, `varies` may go to the archives, `none` where the store has no such limit. */
  minimumSize: z.enum(['all', 'varies', 'none']),
});
export type LifecycleView = z.infer<typeof lifecycleView>;

const amounts = z.array(z.object({ files: z.number().int(), versions: z.number().int(), bytes: z.number() }));
const tally = z.object({ moved: z.record(z.string(), amounts), expired: amounts, removed: amounts, markers: amounts });
export const dryRunCount = z.object({
  all: tally,
  rules: z.record(z.string(), tally),
  samples: z.array(
    z.object({
      path: z.string(),
      versionId: z.string().nullable(),
      ruleId: z.string(),
      action: z.enum(['move', 'expire', 'remove', 'remove-marker']),
      to: z.string().nullable(),
      /** ms since 1970 */
      at: z.number(),
      bytes: z.number(),
    }),
  ),
  scanned: z.object({ keys: z.number().int(), versions: z.number().int(), bytes: z.number() }),
});

export const lifecycleChange = z.object({
  id: idText,
  at: isoTime,
  by: z.object({ name: z.string(), you: z.boolean() }),
  before: z.array(z.record(z.string(), z.unknown())),
  after: z.array(z.record(z.string(), z.unknown())),
  /** This library's own rules before the change, ready for the editor: the way back. */
  rulesBefore: z.array(lifecycleRule),
});
export type LifecycleChange = z.infer<typeof lifecycleChange>;
