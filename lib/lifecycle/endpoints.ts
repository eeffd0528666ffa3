import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { competition, dryRunCount, lifecycleChange, lifecycleRule, lifecycleView, ruleProblem } from './schema.ts';

/** Of one library; the bucket's document may hold more. */
const rules = z.array(lifecycleRule).max(200);
const document = z.array(z.record(z.string(), z.unknown()));

export const getLifecycleEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/lifecycle',
  summary: 'The lifecycle rules of a library, those of others in its bucket, and what the store can do',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ lifecycle: lifecycleView }),
});

export const checkLifecycleEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/lifecycle/check',
  summary: 'What is wrong with rules, and the bucket’s document before and after; changes nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, rules }),
  output: z.object({
    problems: z.array(ruleProblem),
    before: document,
    after: document,
    competing: z.array(competition),
    /** Live files under rules that expire current media: what a save asks to have typed. */
    expiringFiles: z.number().int(),
  }),
});

export const dryRunLifecycleEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/lifecycle/dry-run',
  summary: 'What rules would do today and in 30, 90 and 365 days, counted from the index part by part; changes nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, rules, cursor: z.string().optional() }),
  output: z.object({
    /** Of this part; add the parts. */
    count: dryRunCount,
    /** 0 to 1, of the library's files. */
    progress: z.number().min(0).max(1),
    /** Versions of this part whose S3 object tags were asked from the store, since a rule goes by them. */
    tagsRead: z.number().int(),
    nextCursor: z.string().nullable(),
  }),
});

export const saveLifecycleEndpoint = defineEndpoint({
  method: 'PUT',
  path: '/admin/libraries/{library}/lifecycle',
  summary: 'Replace the lifecycle rules of a library; those of others in the bucket stay as they are',
  permission: 'library-admin',
  input: z.object({
    library: librarySlug,
    rules,
    revision: z.string(),
    /** The number of live files that the admin was told and typed; needed when rules expire current media. */
    confirmedExpiring: z.number().int().nonnegative().optional(),
  }),
  output: z.object({ lifecycle: lifecycleView }),
});

export const listLifecycleChangesEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/lifecycle/changes',
  summary: 'Every change of the lifecycle rules made through Strata, the newest first, with both sides',
  permission: 'library-admin',
  input: z.object({
    library: librarySlug,
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ changes: z.array(lifecycleChange), nextCursor: z.string().nullable() }),
});
