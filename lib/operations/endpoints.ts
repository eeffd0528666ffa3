import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, librarySlug } from '#lib/libraries/schema.ts';
import { itemState, operationItemView, operationParams, operationType, operationView, selection } from './schema.ts';

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
  summary: 'Run a planned operation as it was frozen',
  permission: 'contributor',
  input: z.object({ id: idText }),
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

export const cancelOperationEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/cancel',
  summary: 'Stop after the items under way; what is done stays done',
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
