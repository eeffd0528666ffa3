import * as z from 'zod';
import { byteCount, idText, isoTime, versionIdText } from '#lib/libraries/schema.ts';
import { searchQuery } from '#lib/search/schema.ts';
import { copyClasses } from '#lib/storage/copy-classes.ts';

/** Types that this release runs. Later issues add the rest of DESIGN section 5. */
export const operationType = z.enum([
  'trash',
  'untrash',
  'restore-version',
  'restore-to-time',
  'create-folder',
  'move',
  'copy',
  'tag',
  'purge',
  'reencrypt',
  'reclass',
]);
export type OperationTypeName = z.infer<typeof operationType>;
export const operationState = z.enum(['planned', 'queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled']);
export const itemState = z.enum(['pending', 'running', 'done', 'skipped', 'conflict', 'failed']);

/** What is meant by a selection by query: a search, or all files of a folder. */
export const selectionQuery = searchQuery.extend({
  /** Only what lies directly in `path`: "all N in this folder". */
  direct: z.boolean().default(false),
});
export type SelectionQuery = z.output<typeof selectionQuery>;

export const selection = z.union([
  z.object({ ids: z.array(idText).min(1).max(10_000) }),
  /** Files, or folders with all that is below them (trailing "/"). */
  z.object({ paths: z.array(z.string().max(4096)).min(1).max(10_000) }),
  /** All live files that a query finds, without some. The count is what the person was told: another one now refuses. */
  z.object({
    query: selectionQuery,
    exclude: z.array(idText).max(10_000).default([]),
    expectedCount: z.number().int().positive(),
  }),
]);

/** What to do where a file of that name is already: `fail` makes it a conflict of the item. */
export const ifExists = z.enum(['fail', 'replace', 'rename', 'skip']);
export type IfExists = z.infer<typeof ifExists>;

const tagNames = z.array(z.string().min(1).max(200)).max(100);

/** How fast an archived version is made readable, and for how long the store keeps it so (s3-facts 4.9). */
export const thawTiers = ['Expedited', 'Standard', 'Bulk'] as const;
export type ThawTier = (typeof thawTiers)[number];
export const thawWish = z.object({ tier: z.enum(thawTiers), days: z.number().int().min(1).max(30) });
export type ThawWish = z.infer<typeof thawWish>;

/**
 * What a clean-up takes: versions that are old for some days, beside the newest old ones of each file; unfinished uploads that were begun some days
 * ago and are nobody's who is at it; delete markers under which nothing is left.
 */
export const ghosts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('old-versions'),
    olderThanDays: z.number().int().min(0).max(36_500),
    keepNewest: z.number().int().min(0).max(100).default(0),
  }),
  z.object({ kind: z.literal('uploads'), olderThanDays: z.number().int().min(0).max(36_500) }),
  z.object({ kind: z.literal('markers') }),
]);
export type Ghosts = z.infer<typeof ghosts>;

/** What a type needs beside its selection; the planner of the type says what is missing. */
export const operationParams = z.object({
  key: z.string().max(4096).optional(),
  versionId: versionIdText.optional(),
  /** move, copy: the folder to go to, ending in "/"; "" is the library's root. */
  to: z.string().max(4096).optional(),
  /** move, copy: a new name for the one file or folder chosen. */
  name: z.string().max(1024).optional(),
  ifExists: ifExists.optional(),
  /** tag */
  add: tagNames.optional(),
  remove: tagNames.optional(),
  /** restore-to-time: the moment, and paths to leave as they are. */
  at: isoTime.optional(),
  exclude: z.array(z.string().max(4096)).max(10_000).optional(),
  /** reclass: the storage class to go into. */
  storageClass: z.enum(copyClasses).optional(),
  /** restore-version, restore-to-time, reclass: thaws what is archived and waits for it. Without it such files fail and say so. */
  thaw: thawWish.optional(),
  /** purge: not files of the trash but what is billed and not looked at, at the one path given. */
  ghosts: ghosts.optional(),
  /** purge: how many files, or ghosts, the person was told would be destroyed. */
  expectedCount: z.number().int().positive().optional(),
});
export type OperationParams = z.infer<typeof operationParams>;

export const operationCounts = z.object({
  total: z.number().int(),
  pending: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  conflict: z.number().int(),
  failed: z.number().int(),
});

export const planCounts = z.object({
  unchanged: z.number().int(),
  copy: z.number().int(),
  addMarker: z.number().int(),
  removeMarker: z.number().int(),
  /** Objects of empty folders that are made or taken away; all else are files. */
  folder: z.number().int().default(0),
  tag: z.number().int().default(0),
  purge: z.number().int().default(0),
  thaw: z.number().int(),
  unavailable: z.number().int(),
  conflict: z.number().int(),
});

export const operationView = z.object({
  id: idText,
  library: z.string(),
  type: operationType,
  state: operationState,
  /** By a person, while it was `queued` or `running`; it goes on when somebody resumes it. */
  paused: z.boolean(),
  /** Files whose archived versions are being thawed, and when the next of them is looked at. */
  thawing: z.object({ count: z.number().int(), until: isoTime }).nullable(),
  counts: operationCounts,
  bytes: byteCount,
  plan: z.object({
    counts: planCounts,
    bytesToCopy: byteCount,
    requests: z.number().int(),
    samples: z.array(z.object({ path: z.string(), what: z.string() })),
  }),
  /** Where it moves or copies to; null for other types and where the caller may not look. */
  to: z.string().nullable(),
  undoable: z.boolean(),
  undoOf: idText.nullable(),
  undoneBy: idText.nullable(),
  createdBy: z.object({ name: z.string(), you: z.boolean() }),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  errorDetail: z.string().nullable(),
});
export type OperationView = z.infer<typeof operationView>;

export const operationItemView = z.object({
  position: z.number().int(),
  path: z.string(),
  /** Where it came from, when it was moved or copied and the caller may see that place. */
  from: z.string().nullable(),
  /** Ids of the two files that want one name, while the caller may see both. */
  clash: z.object({ source: idText, existing: idText.nullable() }).nullable(),
  state: itemState,
  bytes: byteCount,
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
