import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { idText, isoTime, librarySlug } from '#lib/libraries/schema.ts';
import { browserProbe, guardrailId, guardrailRunView, guardrailsView } from './schema.ts';

const view = z.object({ guardrails: guardrailsView });

export const getGuardrailsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/guardrails',
  summary:
    'Every guardrail of a library’s bucket as the last look found it, with the change that would put it in force',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: view,
});

export const checkGuardrailsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/guardrails/check',
  summary:
    'Look at the settings again and probe these guardrails (all without a list); waits up to 25 s for the result',
  permission: 'library-admin',
  input: z.object({
    library: librarySlug,
    guardrails: z.array(guardrailId).max(20).optional(),
    browser: browserProbe.optional(),
  }),
  output: view,
});

export const startBrowserProbeEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/guardrails/browser-probe',
  summary: 'A signed PUT of a few bytes for the caller’s own browser to try; report it with the next check',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({
    key: z.string(),
    body: z.string(),
    put: z.object({ url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: isoTime }),
  }),
});

export const applyGuardrailEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/guardrails/{guardrail}/apply',
  summary:
    'Put a guardrail in force, try that uploads still work under it, and probe it; taken back at once when they do not',
  permission: 'library-admin',
  input: z.object({
    library: librarySlug,
    guardrail: guardrailId,
    revision: z.string().max(64),
    /** In place of the proposed documents, in their order: S3's own JSON. */
    documents: z.array(z.record(z.string(), z.unknown())).max(4).optional(),
  }),
  output: view,
});

export const revertGuardrailEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/guardrails/{guardrail}/revert',
  summary: 'Take a change of a guardrail back; what others changed since stays',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, guardrail: guardrailId, changeId: idText }),
  output: view,
});

export const listGuardrailRunsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/guardrails/runs',
  summary: 'Past looks and changes, the newest first',
  permission: 'library-admin',
  input: z.object({
    library: librarySlug,
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ runs: z.array(guardrailRunView), nextCursor: z.string().nullable() }),
});

export const lookAtEncryptionEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/encryption/look',
  summary: 'How the current versions of files are encrypted, asked from the store part by part; changes nothing',
  permission: 'library-admin',
  input: z.object({ library: librarySlug, cursor: z.string().optional() }),
  output: z.object({
    /** Files of the library. */
    total: z.number().int(),
    /** Of this part; add the parts. */
    looked: z.number().int(),
    /** Files by algorithm; `none` in the clear. */
    kinds: z.record(z.string(), z.number().int()),
    /** What is not as the library wants it: for the operation `reencrypt`. */
    differing: z.array(z.object({ id: idText, path: z.string(), encryption: z.string().nullable() })),
    wanted: z.enum(['AES256', 'aws:kms', 'none']),
    nextCursor: z.string().nullable(),
  }),
});
