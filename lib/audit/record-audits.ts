import type { Actor } from '#lib/auth/actor.ts';
import type { Tx } from '#lib/db.ts';
import { type AuditContext, auditRow } from './record-audit.ts';
import type { AuditFact } from './schema.ts';

/** `recordAudit` for a batch: one statement, in the order given. */
export async function recordAudits(
  tx: Tx,
  actor: Pick<Actor, 'userId' | 'name'>,
  events: { fact: AuditFact; context: AuditContext }[],
): Promise<void> {
  const rows = events.map(({ fact, context }, at) => ({ at, ...auditRow(actor, fact, context) }));
  // Numbers that JSON cannot hold go as text.
  const json = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  await tx.$executeRaw`
    INSERT INTO "AuditEvent" ("userId", "actorName", "type", "data", "libraryId", "path", "operationId", "uploadId")
    SELECT "userId", "actorName", "type", "data", "libraryId", "path", "operationId", "uploadId"
    FROM jsonb_to_recordset(${json}::jsonb) AS r("at" int, "userId" bigint, "actorName" text, "type" text, "data" jsonb,
      "libraryId" bigint, "path" text, "operationId" bigint, "uploadId" uuid)
    ORDER BY "at"`;
}
