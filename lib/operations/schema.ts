import * as z from 'zod';
import { byteCount, idText, isoTime } from '#lib/libraries/schema.ts';

/** Types that this release runs. Later issues add the rest of DESIGN section 5. */
export const operationType = z.enum(['trash', 'untrash', 'restore-version', 'create-folder']);
export type OperationTypeName = z.infer<typeof operationType>;
export const operationState = z.enum(['planned', 'queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled']);
export const itemState = z.enum(['pending', 'running', 'done', 'skipped', 'conflict', 'failed']);

export const selection = z.union([
  z.object({ ids: z.array(idText).min(1).max(10_000) }),
  /** Files, or folders with all that is below them (trailing "/"). */
  z.object({ paths: z.array(z.string().max(4096)).min(1).max(10_000) }),
]);

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
  thaw: z.number().int(),
  unavailable: z.number().int(),
  conflict: z.number().int(),
});

export const operationView = z.object({
  id: idText,
  library: z.string(),
  type: operationType,
  state: operationState,
  counts: operationCounts,
  bytes: byteCount,
  plan: z.object({
    counts: planCounts,
    bytesToCopy: byteCount,
    requests: z.number().int(),
    samples: z.array(z.object({ path: z.string(), what: z.string() })),
  }),
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
  state: itemState,
  bytes: byteCount,
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
