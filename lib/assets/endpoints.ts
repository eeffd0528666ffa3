import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { byteCount, idText, isoTime, librarySlug, versionIdText } from '#lib/libraries/schema.ts';
import { assetDetail, assetKind, entry, entrySort, indexAge } from './schema.ts';

export const listEntriesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/entries',
  summary:
    'Folders and assets directly in a folder: folders first, then assets in the asked order, over the whole folder',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    path: z.string().default(''),
    kind: assetKind.optional(),
    /** For a folder tree, or for the files alone. */
    only: z.enum(['folders', 'assets']).optional(),
    sort: entrySort.default('name'),
    /** The folder as of this moment. */
    at: isoTime.optional(),
    /** With `at`: only those files that are not now what they were then. Folders are all listed. */
    show: z.enum(['different']).optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({
    path: z.string(),
    at: isoTime.nullable(),
    entries: z.array(entry),
    totals: z.object({ assetCount: z.number().int().nullable(), bytes: byteCount.nullable(), exact: z.boolean() }),
    index: indexAge,
    nextCursor: z.string().nullable(),
  }),
});
export type ListEntriesInput = z.output<typeof listEntriesEndpoint.input>;
export type EntriesPage = z.output<typeof listEntriesEndpoint.output>;

export const outlineFolderEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/outline',
  summary:
    'Where the blocks of a folder begin, so that any place in it can be read at once; by month when ordered by date',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    path: z.string().default(''),
    kind: assetKind.optional(),
    sort: entrySort.default('name'),
    /** IANA name of the time zone in which months begin. */
    zone: z.string().max(64).default('UTC'),
  }),
  output: z.object({
    path: z.string(),
    /** In the order of the list: at most 500 entries each, folders first. */
    blocks: z.array(
      z.object({
        of: z.enum(['folders', 'assets']),
        /** Cursor for `entries` with `only` set to `of`; null for the first block of each. */
        start: z.string().nullable(),
        count: z.number().int(),
        /** "2026-11", when ordered by date; never two months in a block. */
        month: z.string().nullable(),
      }),
    ),
  }),
});

export const waitForChangesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/changes',
  summary: 'What changed since a cursor; waits up to 25 s when nothing did. Without a cursor: the present one at once',
  permission: 'viewer',
  waits: true,
  input: z.object({ library: librarySlug, after: z.string().optional() }),
  output: z.object({
    changes: z.array(
      z.object({ kind: z.enum(['asset', 'folder', 'operation', 'upload']), id: z.string(), path: z.string() }),
    ),
    cursor: z.string(),
    /** The cursor was too old (about an hour) to know what changed since: read everything again. */
    reset: z.boolean(),
  }),
});

export const getAssetEndpoint = defineEndpoint({
  method: 'GET',
  path: '/assets/{id}',
  summary: 'One asset',
  permission: 'viewer',
  input: z.object({ id: idText }),
  output: z.object({ asset: assetDetail }),
});

export const getAssetContentEndpoint = defineEndpoint({
  method: 'GET',
  path: '/assets/{id}/content',
  summary: 'Redirects to a short presigned URL of the store for the current or one older version',
  permission: 'viewer',
  input: z.object({
    id: idText,
    versionId: versionIdText.optional(),
    /** `thumbnail` and `preview` are pictures made from the version, the preview as large as there is one. */
    as: z.enum(['inline', 'attachment', 'thumbnail', 'preview']).default('attachment'),
  }),
  output: z.object({ location: z.string() }),
  answer: 'redirect',
});

export const getAssetEncryptionEndpoint = defineEndpoint({
  method: 'GET',
  path: '/assets/{id}/encryption',
  summary: 'How the store has encrypted the current version of a file, and whether the library wants it so',
  permission: 'viewer',
  input: z.object({ id: idText }),
  output: z.object({ encryption: z.string().nullable(), kmsKeyId: z.string().nullable(), asWanted: z.boolean() }),
});
