import * as z from 'zod';
import { byteCount, isoTime } from '#lib/libraries/schema.ts';
import { restoreRates } from '#lib/restore/schema.ts';

const money = z.number().nonnegative();

export const classPrice = z.object({
  /** By amount stored: the first tier whose limit is not reached. `upToGb` null: everything above. */
  storage: z.array(z.object({ upToGb: z.number().positive().nullable(), perGbMonth: money })).min(1),
  putPer1000: money,
  getPer1000: money,
  /** Of a lifecycle transition into this class. */
  transitionPer1000: money,
  retrievalPerGb: money,
  /** Days that are billed at least, from the day an object enters the class. */
  minimumDays: z.number().int().nonnegative(),
  /** Bytes that are billed at least for one object. */
  minimumBytes: z.number().int().nonnegative(),
  /** Bytes added to each object: at the price of this class, and at that of Standard. */
  overheadBytes: z.number().int().nonnegative(),
  overheadStandardBytes: z.number().int().nonnegative(),
  /** Intelligent-Tiering watches objects for a fee. */
  monitoringPer1000: money,
});
export type ClassPrice = z.infer<typeof classPrice>;

/** What a store charges, as a dated file that an admin can replace. Money is in `currency`; a GB is 2^30 bytes (s3-facts 4.12). */
export const priceSheet = z.object({
  name: z.string().min(1).max(80),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is three capital letters, as USD'),
  asOf: z.iso.date(),
  source: z.string().max(500),
  classes: z.record(z.string(), classPrice),
  listPer1000: money,
  egressPerGb: money,
  /** Null: no CloudFront before the store. */
  cloudFrontPerGb: money.nullable(),
});
export type PriceSheet = z.infer<typeof priceSheet>;

export const versionAges = ['live', 'old', 'trash'] as const;
export type VersionAge = (typeof versionAges)[number];

/** One cell of what a library holds. `billedBytes` counts small objects as large as their class bills them. */
export const usageRow = z.object({
  folder: z.string(),
  kind: z.string(),
  storageClass: z.string(),
  age: z.enum(versionAges),
  count: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  billedBytes: z.number().nonnegative(),
});
export type UsageRow = z.infer<typeof usageRow>;

/** One figure and what it is made of. */
export const costLine = z.object({
  name: z.string(),
  count: z.number().int(),
  bytes: z.number(),
  perMonth: money,
});
export type CostLine = z.infer<typeof costLine>;

/** A class with what its price is the sum of. Bytes beyond `bytes`, and dollars a GB and month after the tiers of the class. */
export const classLine = costLine.extend({
  /** More than there is, where the class bills small objects as larger ones. */
  paddingBytes: byteCount,
  /** Of its own that the class keeps with each object, at its price and at that of Standard. */
  overheadBytes: byteCount,
  overheadStandardBytes: byteCount,
  perGb: money,
  /** For watching objects (Intelligent-Tiering). */
  watching: money,
});
export type ClassLine = z.infer<typeof classLine>;

/** What is billed and belongs to no version. `exact` false: more uploads are there than were measured. */
export const leftovers = z.object({
  uploads: z.object({ count: z.number().int(), bytes: z.number(), exact: z.boolean() }),
  markers: z.object({ count: z.number().int() }),
  /** In the bucket and not in the index, as the last comparison left it. */
  unknown: z.object({ count: z.number().int(), bytes: z.number() }).default({ count: 0, bytes: 0 }),
});
export type Leftovers = z.infer<typeof leftovers>;

/** What an admin expects people to read a month. */
export const monthlyUse = z.object({ downloads: z.number().int().nonnegative(), bytes: byteCount });
export type MonthlyUse = z.infer<typeof monthlyUse>;

/** What was done in the last 30 days, by the records. `items`: files that operations changed; `copies`: those of them that were copied. */
export const measuredRequests = z.object({
  singles: z.number().int(),
  multiparts: z.number().int(),
  parts: z.number().int(),
  items: z.number().int(),
  copies: z.number().int(),
});
export type MeasuredRequests = z.infer<typeof measuredRequests>;

/** What costs money a month beside storing, and what each figure is made of. */
export const runningCost = z.object({
  lines: z.array(
    z.object({
      name: z.enum(['uploads', 'changes', 'comparing', 'reading', 'traffic']),
      count: z.number().int(),
      requests: z.number().int(),
      bytes: byteCount,
      perMonth: money,
    }),
  ),
  perMonth: money,
  use: monthlyUse.nullable(),
  /** Whether downloads of this library go through CloudFront now. */
  viaCloudFront: z.boolean(),
  /** What CloudFront saves a month, or would; null without a price for it, or where nobody has said what is read. */
  cloudFrontSaves: z.number().nullable(),
});
export type RunningCost = z.infer<typeof runningCost>;

export const costView = z.object({
  measuredAt: isoTime,
  /** Per month, for storing; requests and traffic depend on use. */
  perMonth: money,
  byClass: z.array(classLine),
  byFolder: z.array(costLine.extend({ byAge: z.record(z.string(), money) })),
  byKind: z.array(costLine),
  byAge: z.array(costLine),
  leftovers: z.object({
    /** `sinceStart`: the store tells of those only that were begun since it was started, and of Strata's own. */
    uploads: costLine.extend({ exact: z.boolean(), sinceStart: z.boolean() }),
    markers: costLine,
    unknown: costLine,
  }),
  running: runningCost,
});
export type CostView = z.infer<typeof costView>;

/** Of one month of a forecast; sums of parts add up. */
export const forecastMonth = z.object({
  /** First day, as 2026-12. */
  month: z.string(),
  /** Byte-days by class, before minimum sizes; and what is billed. */
  byteDays: z.record(z.string(), z.number()),
  billedByteDays: z.record(z.string(), z.number()),
  objectDays: z.record(z.string(), z.number()),
  /** Transitions into a class in this month. */
  moves: z.record(z.string(), z.number()),
  /** Byte-days billed for objects that left a class before its minimum time. */
  earlyByteDays: z.record(z.string(), z.number()),
});
export type ForecastMonth = z.infer<typeof forecastMonth>;

const classSum = z.object({ storageClass: z.string(), count: z.number().int(), bytes: byteCount });

/** What it would cost to bring chosen files into one storage class now. Money once, except `perMonth`. */
export const classChangeOffer = z.object({
  storageClass: z.string(),
  /** Why the store takes no copy in it, in words; null when it takes them. */
  refusal: z.string().nullable(),
  /** Whether a lifecycle rule can move files there. */
  byRule: z.boolean(),
  /** Files that are not in it yet. */
  count: z.number().int(),
  bytes: byteCount,
  /** Requests: a copy and three looks a file. */
  copying: money,
  /** Of classes that charge for reading; thawing not included. */
  reading: money,
  /** The copies, at the first tier of the class. */
  perMonth: money,
  minimumDays: z.number().int(),
  /** Files that the class bills as larger than they are. */
  padded: z.number().int(),
  /** What must be thawed before it can be copied. */
  archived: z.array(classSum),
});
export type ClassChangeOffer = z.infer<typeof classChangeOffer>;

export const classChangePreview = z.object({
  files: z.number().int(),
  bytes: byteCount,
  /** Where the files lie now, and what that costs a month. */
  now: z.object({ classes: z.array(classSum), perMonth: money }),
  offers: z.array(classChangeOffer),
  rates: restoreRates,
});
export type ClassChangePreview = z.infer<typeof classChangePreview>;
