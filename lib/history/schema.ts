import * as z from 'zod';
import { byteCount, isoTime } from '#lib/libraries/schema.ts';
import { timelineSteps } from './plan-timeline.ts';

const count = z.number().int();

export const countsAt = z.object({
  /** False: there was too much to count in time, and the rest is empty. */
  counted: z.boolean(),
  /** `differ`: files anywhere below that are not now as they were then, those made since among them. */
  folders: z.array(z.object({ path: z.string(), assetCount: count, bytes: byteCount, differ: count })),
  total: z.object({ assetCount: count, bytes: byteCount }).nullable(),
  /** Files that are not now as they were then: with another version, in the trash or gone, or made since. */
  differ: z.object({ changed: count, deleted: count, made: count }).nullable(),
});
export type CountsAt = z.infer<typeof countsAt>;

export const timeline = z.object({
  path: z.string(),
  /** The first change of all; null: there never was one. */
  from: isoTime.nullable(),
  to: isoTime,
  /** How wide each bar is. */
  step: z.enum(timelineSteps),
  /** Those in which something changed, the oldest first. */
  bars: z.array(
    z.object({
      from: isoTime,
      until: isoTime,
      /** Versions and deletions together. */
      changes: count,
      deleted: count,
      /** Files that were new. */
      added: count,
    }),
  ),
  /** False: estimated from a sample, since there is too much to count. */
  exact: z.boolean(),
});
export type TimelineView = z.infer<typeof timeline>;

export const changesAround = z.object({
  /** False: there is too much to tell in time. */
  known: z.boolean(),
  earlier: isoTime.nullable(),
  later: isoTime.nullable(),
});
