import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, isoTime } from '#lib/libraries/schema.ts';
import { restoreKind, restorePlan, restorePlanItem } from './schema.ts';

export const getRestorePlanEndpoint = defineEndpoint({
  method: 'GET',
  path: '/operations/{id}/plan',
  summary: 'What a planned restore to a moment would do, kind by kind, and what the store charges for it',
  permission: 'viewer',
  input: z.object({ id: idText }),
  output: z.object({ plan: restorePlan }),
});

export const listRestorePlanEndpoint = defineEndpoint({
  method: 'GET',
  path: '/operations/{id}/plan/items',
  summary: 'The files of one kind of a planned restore, with the version that is there now and the one that will be',
  permission: 'viewer',
  input: z.object({
    id: idText,
    kind: restoreKind,
    /** Part of the path. */
    q: z.string().max(200).optional(),
    cursor: z.string().optional(),
  }),
  output: z.object({ items: z.array(restorePlanItem), matching: z.number().int(), nextCursor: z.string().nullable() }),
});

export const checkRestorePlanEndpoint = defineEndpoint({
  method: 'POST',
  path: '/operations/{id}/check',
  summary: 'Compare a planned restore with the store now, and bring the index up to date where it was behind',
  permission: 'contributor',
  input: z.object({ id: idText }),
  output: z.object({
    checkedAt: isoTime,
    /** False: there was too much, and only the first files of the plan were looked at; the rest is looked at when it runs. */
    whole: z.boolean(),
    checked: z.number().int(),
    /** Files that are not as the index had them: make a new plan. */
    changed: z.number().int(),
  }),
});
