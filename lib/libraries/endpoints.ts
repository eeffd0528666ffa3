import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { library, librarySlug, storeView } from './schema.ts';

export const listLibrariesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries',
  summary: 'The libraries that the caller may see',
  permission: 'signed-in',
  input: z.object({}),
  output: z.object({ libraries: z.array(library), nextCursor: z.string().nullable() }),
});

export const getStoreEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/store',
  summary: 'The store of a library and what it supports',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ store: storeView }),
});

export const probeStoreEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/store/probe',
  summary: 'Probe the store again',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ store: storeView }),
});

export const enableVersioningEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/versioning',
  summary: 'Switch versioning on for a bucket that was there before',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ library }),
});
