import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { byteCount, idText, librarySlug, versionIdText } from '#lib/libraries/schema.ts';
import { earlierPlace, trashEntry, versionProperties, versionView } from './schema.ts';

export const listVersionsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/assets/{id}/versions',
  summary: 'Every version and delete marker of an asset, newest first, in the store’s own order',
  permission: 'viewer',
  input: z.object({
    id: idText,
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({
    versions: z.array(versionView),
    totals: z.object({ versionCount: z.number().int(), bytes: byteCount }),
    /** Where the file was before it was moved here; on the first page, where the caller may look. */
    earlier: earlierPlace.nullable(),
    nextCursor: z.string().nullable(),
  }),
});

export const getVersionPropertiesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/assets/{id}/properties',
  summary: 'What the store keeps with the bytes of one version: headers, user metadata and S3 object tags',
  permission: 'viewer',
  input: z.object({ id: idText, versionId: versionIdText }),
  output: z.object({ properties: versionProperties }),
});

export const listTrashEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/trash',
  summary: 'Files in the trash, the newest first, with who put them there',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    /** A folder ("a/b/"): only what was moved to the trash from below it. */
    path: z.string().max(4096).default(''),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({
    entries: z.array(trashEntry),
    /** Of all that is listed, over all pages; `bytes` counts every version, since all are billed. Null after the first page. */
    totals: z.object({ assetCount: z.number().int(), bytes: byteCount }).nullable(),
    nextCursor: z.string().nullable(),
  }),
});
