import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { readDrift } from './get-drift.ts';
import type { DriftView } from './schema.ts';

/**
 * Has the worker repair what the last comparison only reported.
 * @throws AppError not_found, forbidden, wrong_state when there is nothing to repair, or a comparison is under way
 */
export async function startDriftRepair(actor: Actor, input: { library: string }): Promise<DriftView> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { last } = await readDrift(library.id);
  if (!last || last.state === 'running') {
    throw new AppError('wrong_state', 'A comparison has to end first. Then what it found can be repaired.');
  }
  if (last.repair || last.differences === 0) throw new AppError('wrong_state', 'There is nothing to repair.');
  await db().$transaction(async (tx) => {
    await enqueue(tx, 'repair-drift', { runId: last.id }, { jobKey: `repair-drift:${last.id}` });
    const fact = { type: 'index.repair-started' as const, differences: last.differences };
    await recordAudit(tx, actor, fact, { libraryId: library.id });
  });
  return readDrift(library.id);
}
