import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { bucketProbe, library, librarySlug, storeView } from './schema.ts';

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

const place = { bucket: z.string().max(255), rootPrefix: z.string().max(1024).default('') };

export const probeBucketEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/probe',
  summary: 'Look at a bucket that may become a library, without writing anything into it',
  permission: 'library-admin',
  input: z.object(place),
  output: z.object({ probe: bucketProbe }),
});

export const addLibraryEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries',
  summary: 'Add a bucket that is there already as a library; it is indexed in the background',
  permission: 'library-admin',
  input: z.object({ ...place, name: z.string().trim().min(1).max(120), slug: librarySlug }),
  output: z.object({ library }),
  answer: 'created',
});

export const removeLibraryEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/admin/libraries/{library}',
  summary: 'Take a library out of Strata: its index and grants go, the bucket is not touched',
  permission: 'library-admin',
  /** `confirm` repeats the slug. */
  input: z.object({ library: librarySlug, confirm: z.string().default('') }),
  output: z.object({ removed: z.literal(true) }),
});
