import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { requireLibraryById, requireWritable } from '#lib/libraries/require-library.ts';
import { requireOperation } from './find-operation.ts';
import { insertOperation } from './insert-operation.ts';
import { prepareUndo } from './prepare-undo.ts';
import { readOperation } from './read-operation.ts';
import { runInRequest } from './run-in-request.ts';
import type { OperationView } from './schema.ts';

/**
 * Takes back what an operation did, by a new operation computed from its journal. Where the world has moved on since, the item
 * is a conflict and is not forced. Own operations ask for a contributor (restored versions: an admin), those of others for an admin.
 * @throws AppError not_found, forbidden, wrong_state
 */
export async function undoOperation(actor: Actor, input: { id: string }): Promise<{ operation: OperationView }> {
  const { id, libraryId } = await requireOperation(actor, input.id);
  const library = await requireLibraryById(libraryId);
  requireWritable(library);
  const made = await db().$transaction(async (tx) => {
    const undo = await prepareUndo(tx, actor, library, id);
    const rest = { libraryId, params: {}, clientId: null, planned: false, undoOfId: id };
    return insertOperation(tx, actor, { ...undo, ...rest });
  });
  if (made.runs === 'inline') await runInRequest(made.id);
  return { operation: await readOperation(actor, made.id) };
}
