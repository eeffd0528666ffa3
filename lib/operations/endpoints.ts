import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, librarySlug } from '#lib/libraries/schema.ts';
import { kindChoice, restoreKinds } from '#lib/restore/schema.ts';
import {
  itemState,
  operationItemView,
  operationParams,
  operationType,
  operationView,
  selection,
  thawWish,
} from './schema.ts';

const output = z.object({ operation: operationView });

export const startOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/operations',
  summary: 'Plan a change to one or many assets and, unless `dryRun`, run it',
  permission: 'contributor',
  input: z.object({
    library: librarySlug,
    type: operationType,
    selection,
    params: operationParams.default({}),
    dryRun: z.boolean().default(false),
    /** A repeated request with the same one is answered with the same operation. */
    clientId: z.string().min(8).max(64).optional(),
  }),
  output,
});

export const getOperationEndpoint = defineEndpoint({
  method: 'GET',
  path: '/operations/{id}',
  summary: 'One operation',
  permission: 'viewer',
  input: z.object({ id: idText }),
  output,
});

export const listOperationItemsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/operations/{id}/items',
  summary: 'The journal of an operation',
  permission: 'viewer',
  input: z.object({ id: idText, state: itemState.optional(), cursor: z.string().optional() }),
  output: z.object({ items: z.array(operationItemView), nextCursor: z.string().nullable() }),
});

export const runPlannedOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/start',
  summary: 'Run a planned operation as it was frozen; of a restore to a moment, all of it or what is chosen',
  permission: 'contributor',
  input: z.object({
    id: idText,
    /** restore-to-time: what is left in of each kind; one that is not named stays whole. */
    choices: z.array(kindChoice).max(restoreKinds.length).optional(),
    /** restore-version, restore-to-time: thaws what is archived, waits for it, and goes on. */
    thaw: thawWish.optional(),
  }),
  output,
});

export const undoOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/undo',
  summary: 'Undo an operation; where the world has moved on since, the item is a conflict and is not forced',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output,
});

export const undoChangesEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/undo',
  summary:
    'Undo several operations and uploads, the newest first; `dryRun` tells what would be done and what could not be',
  permission: 'contributor',
  input: z.object({
    library: librarySlug,
    operations: z.array(idText).max(100).default([]),
    uploads: z.array(z.uuid()).max(100).default([]),
    dryRun: z.boolean().default(false),
  }),
  output: z.object({
    /** In the order in which they are undone. */
    results: z.array(
      z.discriminatedUnion('ok', [
        z.object({
          ok: z.literal(true),
          kind: z.enum(['operation', 'upload']),
          id: z.string(),
          /** The operation that undoes it; null for a `dryRun`. */
          operation: operationView.nullable(),
          preview: z
            .object({
              total: z.number().int(),
              /** Files that would be left as they are, since the world has moved on; some of them by name. */
              conflictCount: z.number().int(),
              conflicts: z.array(z.object({ path: z.string(), detail: z.string() })),
              samples: z.array(z.object({ path: z.string(), from: z.string().nullable() })),
            })
            .nullable(),
        }),
        z.object({
          ok: z.literal(false),
          kind: z.enum(['operation', 'upload']),
          id: z.string(),
          error: z.object({ code: z.string(), detail: z.string() }),
        }),
      ]),
    ),
  }),
});

export const cancelOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/cancel',
  summary: 'Stop after the items under way; what is done stays done',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output,
});

export const pauseOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/pause',
  summary: 'Begin nothing new until it is resumed; the items under way come to their end',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output,
});

export const resumeOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/resume',
  summary: 'Go on with a paused operation',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output,
});

export const retryOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/retry',
  summary: 'Run the failed items again',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output,
});
