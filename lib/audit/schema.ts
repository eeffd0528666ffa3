import * as z from 'zod';
import { idText, isoTime, roleName } from '#lib/libraries/schema.ts';

/**
 * What the audit log holds: past-tense facts. Stored for ever, so append-only: add types and optional fields, never change one.
 */
export const auditFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('upload.completed'), size: z.number(), versionId: z.string(), replaced: z.boolean() }),
  z.object({ type: z.literal('upload.cancelled') }),
  z.object({ type: z.literal('upload.rejected'), code: z.string(), versionId: z.string().nullable() }),
  z.object({
    type: z.literal('operation.started'),
    operation: z.string(),
    total: z.number(),
    bytes: z.number(),
    /** move, copy: the one file or folder that it was about, the folder that it went to, and its new name. */
    from: z.string().optional(),
    to: z.string().optional(),
    name: z.string().optional(),
    /** tag */
    add: z.array(z.string()).optional(),
    remove: z.array(z.string()).optional(),
    /** restore-to-time: the moment. */
    at: z.string().optional(),
    /** reclass */
    storageClass: z.string().optional(),
    /** purge: what of, where it is not files of the trash. */
    ghosts: z.string().optional(),
  }),
  z.object({ type: z.literal('operation.cancelled'), operation: z.string() }),
  z.object({ type: z.literal('operation.paused'), operation: z.string() }),
  z.object({ type: z.literal('operation.resumed'), operation: z.string() }),
  z.object({
    type: z.literal('operation.undone'),
    operation: z.string(),
    undoOf: z.string(),
    total: z.number(),
    from: z.string().optional(),
  }),
  z.object({ type: z.literal('operation.retried'), operation: z.string(), total: z.number() }),
  z.object({ type: z.literal('user.created'), email: z.string() }),
  z.object({ type: z.literal('user.disabled'), email: z.string() }),
  z.object({ type: z.literal('user.enabled'), email: z.string() }),
  z.object({ type: z.literal('user.password-reset'), email: z.string() }),
  z.object({ type: z.literal('user.password-changed') }),
  z.object({ type: z.literal('user.sessions-ended'), email: z.string(), count: z.number() }),
  z.object({ type: z.literal('grant.added'), email: z.string(), prefix: z.string(), role: roleName }),
  z.object({ type: z.literal('grant.removed'), email: z.string(), prefix: z.string(), role: roleName }),
  z.object({ type: z.literal('token.created'), name: z.string() }),
  z.object({ type: z.literal('token.revoked'), name: z.string() }),
  z.object({ type: z.literal('events.token-rotated'), bucket: z.string() }),
  z.object({ type: z.literal('events.connected'), bucket: z.string(), target: z.string() }),
  z.object({ type: z.literal('versioning.enabled'), bucket: z.string(), before: z.string() }),
  z.object({ type: z.literal('user.joined'), email: z.string() }),
  z.object({ type: z.literal('user.linked'), email: z.string() }),
  z.object({ type: z.literal('job.retried'), job: z.string() }),
  z.object({ type: z.literal('lifecycle.changed'), rulesBefore: z.number(), rulesAfter: z.number() }),
  z.object({ type: z.literal('guardrail.applied'), guardrail: z.string(), targets: z.array(z.string()) }),
  z.object({ type: z.literal('guardrail.reverted'), guardrail: z.string(), targets: z.array(z.string()) }),
  z.object({ type: z.literal('guardrails.checked'), passing: z.number(), failing: z.array(z.string()) }),
  z.object({ type: z.literal('guardrails.drifted'), guardrails: z.array(z.string()) }),
  z.object({
    type: z.literal('monthly-use.changed'),
    downloads: z.number().nullable(),
    bytes: z.number().nullable(),
  }),
  z.object({ type: z.literal('prices.changed'), before: z.string(), after: z.string().nullable() }),
  z.object({ type: z.literal('renditions.rebuilt'), versions: z.number() }),
  z.object({
    type: z.literal('renditions.prepared'),
    files: z.number(),
    bytes: z.number(),
    estimated: z.boolean().optional(),
  }),
  z.object({ type: z.literal('library.added'), name: z.string(), bucket: z.string(), rootPrefix: z.string() }),
  z.object({ type: z.literal('library.removed'), name: z.string(), bucket: z.string(), rootPrefix: z.string() }),
  z.object({ type: z.literal('index.check-started') }),
  z.object({ type: z.literal('index.repair-started'), differences: z.number() }),
  z.object({ type: z.literal('index.rebuild-started') }),
]);
export type AuditFact = z.infer<typeof auditFact>;
export type AuditType = AuditFact['type'];

export const activityEntry = z.object({
  id: idText,
  at: isoTime,
  by: z.object({ id: z.string().nullable(), name: z.string(), you: z.boolean() }),
  type: z.string(),
  path: z.string().nullable(),
  data: auditFact,
  uploadId: z.string().nullable(),
  /** What `POST /libraries/{library}/undo` would take back, if the caller may and it is not undone. */
  undo: z.object({ kind: z.enum(['operation', 'upload']), id: z.string() }).nullable(),
  /** For operations: what became of it and whether it can be undone now. */
  operation: z
    .object({
      id: idText,
      type: z.string(),
      state: z.string(),
      total: z.number().int(),
      undoable: z.boolean(),
      undoneBy: idText.nullable(),
      undoneAt: isoTime.nullable(),
      undoneByPerson: z.object({ name: z.string(), you: z.boolean() }).nullable(),
    })
    .nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;
