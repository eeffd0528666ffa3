import * as z from 'zod';

/**
 * What one item of an operation does and what it expects to find. Frozen in `OperationItem.step` when the operation is planned,
 * so it is stored for years: append kinds and optional fields, never change one.
 */
const seenVersion = z.object({ versionId: z.string(), etag: z.string().nullable() });
/** A version as somebody saw it. The ETag tells a `null` version from its successor under the same id. */
export type SeenVersion = z.infer<typeof seenVersion>;
const seenEntry = seenVersion.extend({ isDeleteMarker: z.boolean() });
/** A version or a delete marker. */
export type SeenEntry = z.infer<typeof seenEntry>;

export const operationStep = z.discriminatedUnion('kind', [
  /** Decided while planning: there is nothing to do, or it cannot be done. */
  z.object({
    kind: z.literal('nothing'),
    /** Of a name that is taken: ids of the assets at both ends, for the pictures of the question. */
    clash: z.object({ source: z.string(), existing: z.string().nullable() }).optional(),
  }),
  /** Trash: a delete marker on top of exactly this version. */
  z.object({ kind: z.literal('put-marker'), expect: seenVersion }),
  /** Untrash: the markers above `back`. `markers`: exactly these and no other; null: all that are there. */
  z.object({ kind: z.literal('remove-markers'), back: seenVersion, markers: z.array(z.string()).nullable() }),
  /** Restore: a copy of `source` on top of the key, whose newest entry is `expect` now. */
  z.object({
    kind: z.literal('copy-up'),
    source: seenVersion,
    expect: seenEntry,
    /** The archive class of the source, when the index knew of one: it may have to be thawed first. */
    archived: z.string().optional(),
    /** The class that the copy goes into; Standard where it is left out. A version that lies in it already is left alone. */
    storageClass: z.string().optional(),
  }),
  /** The zero-byte object that keeps an empty folder visible. */
  z.object({ kind: z.literal('put-folder-marker'), ifExists: z.enum(['conflict', 'skip']) }),
  z.object({ kind: z.literal('remove-folder-marker'), onlyIfEmpty: z.boolean() }),
  /**
   * Copy, and with `move` then a delete marker on the old place. The item's path is the new place, `from` the old one, whose newest
   * version is `source`. `over`: the live version that is replaced; null: nothing live is there.
   */
  z.object({
    kind: z.literal('copy-to'),
    from: z.string(),
    source: seenVersion,
    over: seenVersion.nullable(),
    move: z.boolean(),
  }),
  /**
   * Undo of a move: `back` is current again at the item's path (`markers` above it go; null: all that are there), and `made` at
   * `from` gets a marker, or the version `former` on top, which it had replaced.
   */
  z.object({
    kind: z.literal('move-back'),
    from: z.string(),
    back: seenVersion,
    markers: z.array(z.string()).nullable(),
    made: seenVersion,
    former: seenVersion.nullable(),
    /** Tags that go back in any case, and those that stay with `former`. */
    tags: z.object({ moved: z.array(z.string()), there: z.array(z.string()) }),
  }),
  /** The object of an empty folder goes along when its folder moves. `keep`: it stays at the old place as well. */
  z.object({ kind: z.literal('move-folder-marker'), from: z.string(), keep: z.boolean() }),
  z.object({ kind: z.literal('set-tags'), add: z.array(z.string()), remove: z.array(z.string()) }),
  /** Destroys every version of a file in the trash whose newest version is `expect`. */
  z.object({ kind: z.literal('purge-key'), expect: seenVersion }),
  /** Destroys old versions of a file: exactly these, and none that is the newest by then. */
  z.object({ kind: z.literal('remove-versions'), versions: z.array(seenVersion) }),
  /** Takes away the parts of an upload that was never finished. */
  z.object({ kind: z.literal('abort-upload'), storeUploadId: z.string() }),
  /** The same bytes once more on top, encrypted as the library wants it now; skipped where they are so already. */
  z.object({ kind: z.literal('reencrypt'), expect: seenVersion }),
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
    former: seenEntry,
    /** Of a change of class: where the file lay before, which undo brings it back to. */
    formerClass: z.string().optional(),
  }),
  z.object({ kind: z.literal('folder-marker-put') }),
  /** `marker`: the delete marker that hides it; null where the store removed it for good (`x/` keys on MinIO). */
  z.object({ kind: z.literal('folder-marker-removed'), marker: z.string().nullable() }),
  z.object({
    kind: z.literal('copied-to'),
    from: z.string(),
    source: seenVersion,
    made: seenVersion,
    /** The live version that it replaced. */
    former: seenVersion.nullable(),
    /** For a move: the markers on the old place. Null: a copy, or a move that had to leave the old place as it was. */
    moved: z
      .object({
        markers: z.array(z.string()),
        /** What went along, and what the replaced file had of its own. */
        tags: z.object({ moved: z.array(z.string()), there: z.array(z.string()) }),
      })
      .nullable(),
  }),
  z.object({
    kind: z.literal('moved-back'),
    from: z.string(),
    back: seenVersion,
    made: seenVersion,
    /** What hides `made`: delete markers, or a copy of the version that it had replaced. */
    hiddenBy: z.union([z.object({ markers: z.array(z.string()) }), z.object({ copy: seenVersion })]),
  }),
  /** `put`: it was not there before; `removed`: it is gone from the old place. */
  z.object({
    kind: z.literal('folder-marker-moved'),
    from: z.string(),
    put: z.boolean(),
    removed: z.boolean(),
  }),
  /** Only what changed: a tag that was there already is in neither list. */
  z.object({ kind: z.literal('tagged'), added: z.array(z.string()), removed: z.array(z.string()) }),
]);
export type StepOutcome = z.infer<typeof stepOutcome>;
