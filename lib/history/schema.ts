import * as z from 'zod';
import { byteCount } from '#lib/libraries/schema.ts';

const count = z.number().int();

export const countsAt = z.object({
  /** False: there was too much to count in time, and the rest is empty. */
  counted: z.boolean(),
  folders: z.array(z.object({ path: z.string(), assetCount: count, bytes: byteCount })),
  total: z.object({ assetCount: count, bytes: byteCount }).nullable(),
  /** Files that are not now as they were then: with another version, in the trash or gone, or made since. */
  differ: z.object({ changed: count, deleted: count, made: count }).nullable(),
});
export type CountsAt = z.infer<typeof countsAt>;
