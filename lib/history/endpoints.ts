import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { isoTime, librarySlug } from '#lib/libraries/schema.ts';
import { countsAt } from './schema.ts';

export const countEntriesAtEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/entries/counts',
  summary: 'What stood in a folder and its folders at a moment, in numbers, and how much of it is different now',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    path: z.string().default(''),
    at: isoTime.default(() => new Date().toISOString()),
  }),
  output: countsAt,
});
