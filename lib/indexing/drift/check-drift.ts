import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { checkConnection } from '#lib/follow/connect-events.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { startIndexRun } from '../reconcile/start-index-run.ts';
import { readDrift } from './get-drift.ts';
import type { DriftView } from './schema.ts';

/**
 * Begins a comparison that changes nothing, in the worker, or joins the one that is under way.
 * @throws AppError not_found, forbidden, store_unavailable
 */
export async function checkDrift(actor: Actor, input: { library: string }): Promise<DriftView> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  // Whoever asks how things stand is told of events, too, that somebody turned off.
  await checkConnection(library);
  const { joined } = await startIndexRun(library.id, { repair: false });
  if (!joined) {
    await db().$transaction((tx) => recordAudit(tx, actor, { type: 'index.check-started' }, { libraryId: library.id }));
  }
  return readDrift(library.id);
}
