import { db } from '#lib/db.ts';
import { dropUserStatements } from '#lib/guardrails/drop-user-statements.ts';
import { dropIndex } from '#lib/indexing/drop-index.ts';
import { removeAllRenditions } from '#lib/renditions/remove-renditions.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

export async function run(payload: JobPayloads['drop-index'], helpers: TaskHelpers): Promise<void> {
  const id = BigInt(payload.libraryId);
  const library = await db().library.findUnique({ where: { id }, select: { removedAt: true } });
  // Added again meanwhile: its index is being filled.
  if (!library?.removedAt) return;
  await dropUserStatements(id);
  await dropIndex(id, helpers.signal);
  await removeAllRenditions(id, helpers.signal);
}
