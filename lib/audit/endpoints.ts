import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, librarySlug } from '#lib/libraries/schema.ts';
import { activityEntry } from './schema.ts';

export const listActivityEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/activity',
  summary: 'What people changed, newest first, by person, type and path',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    by: idText.optional(),
    /** A fact type or its first word: `upload`, `operation`, `grant`. */
    type: z.string().max(64).optional(),
    path: z.string().max(4096).optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: z.object({ activity: z.array(activityEntry), nextCursor: z.string().nullable() }),
});
