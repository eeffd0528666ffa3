import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { byteCount, idText, isoTime, librarySlug, versionIdText } from '#lib/libraries/schema.ts';
import { selection } from '#lib/operations/schema.ts';
import { archiveEntry, leftOut } from './schema.ts';

export const listArchiveEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/archive',
  summary: 'What a ZIP of a selection holds: names, sizes and versions, so that its size is known before it begins',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    selection,
    /** Of this moment: the versions that stood there then. Of ids and paths only. */
    at: isoTime.optional(),
    cursor: z.string().optional(),
  }),
  output: z.object({
    /** The ZIP's own name, without ".zip". */
    name: z.string(),
    entries: z.array(archiveEntry),
    /** Files that cannot be read now. Of this page. */
    leftOut: z.array(leftOut),
    totals: z.object({ files: z.number().int(), bytes: byteCount }),
    nextCursor: z.string().nullable(),
  }),
});

export const signArchiveEndpoint = defineEndpoint({
  method: 'POST',
  path: '/libraries/{library}/archive/links',
  summary: 'Short presigned URLs for some of the files of a ZIP, asked for just before they are read',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    items: z
      .array(z.object({ id: idText, versionId: versionIdText }))
      .min(1)
      .max(100),
  }),
  output: z.object({
    results: z.array(
      z.union([
        z.object({ ok: z.literal(true), url: z.string(), expiresAt: isoTime }),
        z.object({ ok: z.literal(false), error: z.object({ code: z.string(), detail: z.string() }) }),
      ]),
    ),
  }),
});
