import type { Actor } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import { type AuditContext, auditRow } from './record-audit.ts';
import type { AuditFact } from './schema.ts';

/** `recordAudit` for a batch: one statement. */
export async function recordAudits(
  tx: Tx,
  actor: Pick<Actor, 'userId' | 'name'>,
  events: { fact: AuditFact; context: AuditContext }[],
): Promise<void> {
  await tx.auditEvent.createMany({ data: events.map(({ fact, context }) => auditRow(actor, fact, context)) });
}
