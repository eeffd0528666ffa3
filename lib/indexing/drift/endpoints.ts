import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { driftView } from './schema.ts';

export const getDriftEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/drift',
  summary: 'What the last comparisons of a library with its bucket counted on both sides, and where they differ',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: driftView,
});

export const checkDriftEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/drift/check',
  summary: 'Compare a library with its bucket and only report what differs',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: driftView,
});

export const repairDriftEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/drift/repair',
  summary: 'Look again at every key that the last comparison found to differ, then compare once more',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: driftView,
});
