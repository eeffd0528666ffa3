import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { indexRunView, libraryIndex } from './schema.ts';

export const getIndexEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/index',
  summary: 'How fresh the index of each library is that the caller administers, and what its comparisons found',
  permission: 'library-admin',
  input: z.object({}),
  output: z.object({ libraries: z.array(libraryIndex) }),
});

export const checkIndexEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/index/check',
  summary: 'Compare a library with its bucket now, and repair what differs',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ run: indexRunView }),
});

export const rebuildIndexEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/index/rebuild',
  summary: 'Drop the index of a library and list its bucket anew',
  permission: 'library-admin',
  /** `confirm` repeats the slug. */
  input: z.object({ library: librarySlug, confirm: z.string().default('') }),
  output: z.object({ run: indexRunView }),
});
