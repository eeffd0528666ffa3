import type { Actor } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import type { AuditFact } from './schema.ts';

export type AuditContext = {
  libraryId?: bigint | null;
  path?: string | null;
  operationId?: bigint | null;
  uploadId?: string | null;
};

/** One stored row of who did what: `recordAudit` and `recordAudits` write this same shape. */
export function auditRow(actor: Pick<Actor, 'userId' | 'name'>, fact: AuditFact, context: AuditContext) {
  return {
    userId: actor.userId,
    actorName: actor.name,
    type: fact.type,
    data: fact,
    libraryId: context.libraryId ?? null,
    path: context.path ?? null,
    operationId: context.operationId ?? null,
    uploadId: context.uploadId ?? null,
  };
}

/** Writes who did what, in the transaction of the change itself: both are there or neither is (DESIGN invariant 7). */
export async function recordAudit(
  tx: Tx,
  actor: Pick<Actor, 'userId' | 'name'>,
  fact: AuditFact,
  context: AuditContext = {},
): Promise<void> {
  await tx.auditEvent.create({ data: auditRow(actor, fact, context) });
}
