import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { byteCount, idText } from '#lib/libraries/schema.ts';
import { versionView } from './schema.ts';

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
    nextCursor: z.string().nullable(),
  }),
});
