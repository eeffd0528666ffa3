import * as z from 'zod';
import { idText, isoTime } from '#lib/libraries/schema.ts';
import { guardrailIds } from './guardrails.ts';

export const guardrailId = z.enum(guardrailIds);

/** One request of a probe and what became of it. Addresses stand without their query: signatures are secrets. */
export const probeStep = z.object({
  /** Null: said for completeness, as the removal of what was written. */
  ok: z.boolean().nullable(),
  text: z.string(),
  request: z.string(),
  ms: z.number().int().nonnegative(),
  from: z.enum(['server', 'browser']),
});
export type ProbeStep = z.infer<typeof probeStep>;

export const documentChange = z.object({
  kind: z.enum([
    'versioning',
    'encryption',
    'bucket-policy',
    'user-policy',
    'public-access-block',
    'ownership',
    'cors',
    'lifecycle',
  ]),
  name: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});

/** One guardrail as it stood at the end of a run. */
export const guardrailRow = z.object({
  id: guardrailId,
  verdict: z.enum(['pass', 'fail', 'unknown', 'unsupported']),
  /** Why it is not here; null when it can be. */
  unsupported: z.string().nullable(),
  /** What it does not cover on this store even where it stands. Missing in rows from before. */
  limit: z.string().nullish(),
  probe: z
    .object({ outcome: z.enum(['held', 'answered', 'unknown']), at: isoTime, steps: z.array(probeStep) })
    .nullable(),
  change: z
    .object({
      documents: z.array(documentChange),
      words: z.string(),
      revertible: z.boolean(),
      /** Of the documents before: an apply that names another is refused. */
      revision: z.string(),
    })
    .nullable(),
  danger: z.string().nullable(),
  manual: z.object({ text: z.string(), command: z.string().nullable(), document: z.unknown() }).nullable(),
  /** When a look found that it holds no more, although it had held. */
  driftedAt: isoTime.nullable(),
});
export type GuardrailRow = z.infer<typeof guardrailRow>;

/** What the admin's own browser saw: a real preflight and PUT of a few bytes, which the worker looks for and removes. */
export const browserProbe = z.object({
  key: z.string().regex(/^\.strata-probe\/browser-[0-9a-f-]{36}$/),
  /** Null when the browser got no answer that it may read. */
  status: z.number().int().min(100).max(599).nullable(),
  /** Whether the page may read the ETag. */
  etagReadable: z.boolean(),
  ms: z.number().int().min(0).max(600_000),
});

export const guardrailRunView = z.object({
  id: idText,
  kind: z.enum(['check', 'apply', 'revert']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Null: by the schedule. */
  by: z.object({ name: z.string(), you: z.boolean() }).nullable(),
  guardrails: z.array(guardrailId),
  at: isoTime,
  finishedAt: isoTime.nullable(),
  /** Guardrails that passed and failed when it ended. */
  passing: z.number().int(),
  failing: z.array(guardrailId),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type GuardrailRunView = z.infer<typeof guardrailRunView>;

export const guardrailsView = z.object({
  /** Empty before the first look. */
  rows: z.array(guardrailRow),
  checkedAt: isoTime.nullable(),
  /** The run that is under way or ended last. */
  run: guardrailRunView.nullable(),
  /** Which policies bind signed links here, in a sentence. */
  binding: z.string(),
  /** The newest change of each guardrail that was not taken back. */
  applied: z.array(z.object({ guardrail: guardrailId, changeId: idText, at: isoTime, by: z.string() })),
});
export type GuardrailsView = z.infer<typeof guardrailsView>;

/** What a run was asked for, as it is stored. */
export type GuardrailRunInput =
  | { kind: 'check'; guardrails: (typeof guardrailIds)[number][]; browser?: z.infer<typeof browserProbe> | undefined }
  | {
      kind: 'apply';
      guardrail: (typeof guardrailIds)[number];
      revision: string;
      /** A document that the admin wrote in place of the proposed one, by the position of the document. */
      documents?: unknown[] | undefined;
    }
  | { kind: 'revert'; guardrail: (typeof guardrailIds)[number]; changeId: string };
