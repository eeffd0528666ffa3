import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';

export const rebuildRenditionsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/renditions/rebuild',
  summary: 'Has every version inspected again and its thumbnail and preview made anew, in the background',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ versions: z.number().int() }),
});
