import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { preparation } from './schema.ts';

export const rebuildRenditionsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/renditions/rebuild',
  summary: 'Has every version inspected again and its thumbnail and preview made anew, in the background',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ versions: z.number().int() }),
});

export const estimatePreparationEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/renditions/preparation',
  summary: 'What making a thumbnail of every file would read and cost that nobody looked at yet; changes nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ plan: preparation, ownPrices: z.boolean() }),
});

export const prepareRenditionsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/renditions/prepare',
  summary: 'Has a thumbnail and preview made of every file that nobody looked at yet, in the background',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ plan: preparation }),
});
