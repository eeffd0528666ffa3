import * as z from 'zod';
import { assetKind, entrySort } from '#lib/assets/schema.ts';
import { idText, isoTime } from '#lib/libraries/schema.ts';

const bytes = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * What is sought: words and filters, all of which must hold. Times are half-open, from <= t < to. Also the shape of a selection by query.
 * With nothing but a path it means everything below it.
 */
export const searchQuery = z.object({
  /** Words in any order over path, tags, camera and type; words in double quotes stand together. */
  q: z.string().max(200).default(''),
  /** "" for everywhere, else the folder to search below. */
  path: z.string().max(4096).default(''),
  kind: assetKind.optional(),
  /** When the current version was uploaded. */
  from: isoTime.optional(),
  to: isoTime.optional(),
  /** When it was taken, as the camera says it; what has no such time is left out. */
  takenFrom: isoTime.optional(),
  takenTo: isoTime.optional(),
  /** Bytes, both included. */
  minSize: bytes.optional(),
  maxSize: bytes.optional(),
  /** Id of the person who uploaded the current version. */
  person: idText.optional(),
  tag: z.string().min(1).max(256).optional(),
  storageClass: z
    .string()
    .regex(/^[A-Z][A-Z_]{0,31}$/)
    .optional(),
});
export type SearchQuery = z.output<typeof searchQuery>;

export const searchSort = entrySort;

export const searchTotal = z.object({
  count: z.number().int(),
  /** False: there are more than these, and only these were sorted. */
  exact: z.boolean(),
});

export const searchFacets = z.object({
  tags: z.array(z.object({ name: z.string(), count: z.number().int() })),
  people: z.array(z.object({ id: idText, name: z.string() })),
  storageClasses: z.array(z.string()),
});
export type SearchFacets = z.infer<typeof searchFacets>;
