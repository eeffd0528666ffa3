import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText } from '#lib/libraries/schema.ts';
import { jobsOverview } from './schema.ts';

export const listJobsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/jobs',
  summary: 'What waits for the workers, which workers live, and the jobs that failed, newest first',
  permission: 'admin',
  input: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: jobsOverview,
});

export const retryJobsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/jobs/retry',
  summary: 'Have failed jobs tried again now, with all their attempts before them',
  permission: 'admin',
  input: z.object({ ids: z.array(idText).min(1).max(100) }),
  output: z.object({
    results: z.array(
      z.union([
        z.object({ ok: z.literal(true), id: idText }),
        z.object({ ok: z.literal(false), id: idText, error: z.object({ code: z.string(), detail: z.string() }) }),
      ]),
    ),
  }),
});
