import * as z from 'zod';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';

/** What a planned restore to a moment does with a file. `thaw` is a copy whose source must be thawed first. */
export const restoreKinds = ['copy', 'removeMarker', 'addMarker', 'thaw', 'unavailable', 'conflict'] as const;
export const restoreKind = z.enum(restoreKinds);
export type RestoreKind = z.infer<typeof restoreKind>;

/** Which files of a kind are meant: all but those, or none but those; by position in the plan. */
export const kindChoice = z.object({
  kind: restoreKind,
  all: z.boolean(),
  except: z.array(z.number().int().nonnegative()).max(10_000).default([]),
});
export type KindChoice = z.infer<typeof kindChoice>;

/** What the store charges for what a restore does, from the library's price sheet. */
export const restoreRates = z.object({
  currency: z.string(),
  sheet: z.string(),
  asOf: z.string(),
  /** Of one request. */
  list: z.number(),
  copy: z.number(),
  /** First tier of Standard, where copies go. */
  perGbMonth: z.number(),
  /** Of reading a GB of a class that charges for it, by class. */
  retrievalPerGb: z.record(z.string(), z.number()),
});
export type RestoreRates = z.infer<typeof restoreRates>;

export const planKind = z.object({
  kind: restoreKind,
  count: z.number().int(),
  bytes: byteCount,
  /** By the storage class of what is copied; empty for kinds that copy nothing. */
  classes: z.array(z.object({ storageClass: z.string(), count: z.number().int(), bytes: byteCount })),
});
export type PlanKind = z.infer<typeof planKind>;

export const restorePlan = z.object({
  kinds: z.array(planKind),
  unchanged: z.number().int(),
  rates: restoreRates,
});
export type RestorePlan = z.infer<typeof restorePlan>;

/** A version as a row of the plan shows it. */
export const versionPeek = z.object({
  versionId: z.string(),
  /** "Version 3". */
  number: z.number().int(),
  modifiedAt: isoTime,
  size: byteCount,
  thumbnailUrl: z.string().nullable(),
});
export type VersionPeek = z.infer<typeof versionPeek>;

export const restorePlanItem = z.object({
  position: z.number().int(),
  path: z.string(),
  assetId: idText.nullable(),
  /** "image", "video" and so on, for the picture of what has none. */
  fileKind: z.string().nullable(),
  bytes: byteCount,
  /** What is there now, null where it lies in the trash; and what will be there, null where it goes there. */
  before: versionPeek.nullable(),
  after: versionPeek.nullable(),
  storageClass: z.string().nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type RestorePlanItem = z.infer<typeof restorePlanItem>;
