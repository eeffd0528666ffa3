import { db } from '#lib/db.ts';
import type { GuardrailRow } from './schema.ts';

/** Every guardrail of a library as the last look or change that ended found it; empty before the first. */
export async function readRows(libraryId: bigint): Promise<GuardrailRow[]> {
  const run = await db().guardrailRun.findFirst({
    where: { libraryId, state: 'done' },
    orderBy: { id: 'desc' },
    select: { rows: true },
  });
  return (run?.rows ?? []) as GuardrailRow[];
}
