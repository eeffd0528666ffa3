import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { checkConnection } from '#lib/follow/connect-events.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { indexRunView } from './index-run-view.ts';
import { readRunReport } from './reconcile/read-run-report.ts';
import { startIndexRun } from './reconcile/start-index-run.ts';
import type { IndexRunView } from './schema.ts';

/**
 * Begins to compare a library with its bucket, in the worker, or tells of the comparison that is under way.
 * @throws AppError not_found, forbidden, store_unavailable
 */
export async function checkIndex(actor: Actor, input: { library: string }): Promise<{ run: IndexRunView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  // Whoever asks how things stand is told of events, too, that somebody turned off.
  await checkConnection(library);
  const { runId, joined } = await startIndexRun(library.id);
  if (!joined) {
    await db().$transaction((tx) => recordAudit(tx, actor, { type: 'index.check-started' }, { libraryId: library.id }));
  }
  return { run: indexRunView(await readRunReport(runId)) };
}
