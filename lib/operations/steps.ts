import * as z from 'zod';

/**
 * What one item of an operation does and what it expects to find. Frozen in `OperationItem.step` when the operation is planned,
 * so it is stored for years: append kinds and optional fields, never change one.
 */
const seenVersion = z.object({ versionId: z.string(), etag: z.string().nullable() });
/** A version as somebody saw it. The ETag tells a `null` version from its successor under the same id. */
export type SeenVersion = z.infer<typeof seenVersion>;

export const operationStep = z.discriminatedUnion('kind', [
  /** Decided while planning: there is nothing to do, or it cannot be done. */
  z.object({ kind: z.literal('nothing') }),
  /** Trash: a delete marker on top of exactly this version. */
  z.object({ kind: z.literal('put-marker'), expect: seenVersion }),
  /** Untrash: the markers above `back`. `markers`: exactly these and no other; null: all that are there. */
  z.object({ kind: z.literal('remove-markers'), back: seenVersion, markers: z.array(z.string()).nullable() }),
  /** Restore: a copy of `source` on top of the key, whose newest entry is `expect` now. */
  z.object({
    kind: z.literal('copy-up'),
    source: seenVersion,
    expect: seenVersion.extend({ isDeleteMarker: z.boolean() }),
  }),
  /** The zero-byte object that keeps an empty folder visible. */
  z.object({ kind: z.literal('put-folder-marker'), ifExists: z.enum(['conflict', 'skip']) }),
  z.object({ kind: z.literal('remove-folder-marker'), onlyIfEmpty: z.boolean() }),
]);
export type OperationStep = z.infer<typeof operationStep>;
export type StepOf<K extends OperationStep['kind']> = Extract<OperationStep, { kind: K }>;

/** What an item left behind, as needed for undo. Stored in `OperationItem.outcome`; the same promise as for steps. */
export const stepOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('marker-put'), markers: z.array(z.string()), over: seenVersion }),
  z.object({ kind: z.literal('markers-removed'), back: seenVersion }),
  z.object({
    kind: z.literal('copied-up'),
    made: seenVersion,
    from: z.string(),
    former: seenVersion.extend({ isDeleteMarker: z.boolean() }),
  }),
  z.object({ kind: z.literal('folder-marker-put') }),
  /** `marker`: the delete marker that hides it; null where the store removed it for good (`x/` keys on MinIO). */
  z.object({ kind: z.literal('folder-marker-removed'), marker: z.string().nullable() }),
]);
export type StepOutcome = z.infer<typeof stepOutcome>;
