import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { isUniqueViolation } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { requireLibrary, requireWritable } from '#lib/libraries/require-library.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import { type InsertedOperation, insertOperation } from './insert-operation.ts';
import { planOperation, roleOfType } from './plan-operation.ts';
import { readOperation } from './read-operation.ts';
import type { Selection } from './resolve-selection.ts';
import { runInRequest } from './run-in-request.ts';
import type { OperationParams, OperationTypeName, OperationView } from './schema.ts';

/** Chosen paths that a restore to a moment keeps, so that its plan can be compared with the store as a whole. */
const keptPaths = 100;

export type StartOperationInput = {
  library: string;
  type: OperationTypeName;
  selection: Selection;
  params?: OperationParams;
  dryRun?: boolean;
  clientId?: string | undefined;
};

/**
 * Plans a change to one or many assets and, unless `dryRun`, runs it: up to 50 items and 256 MB of copies before this answers,
 * more in the worker. A repeated `clientId` is answered with the operation that it made the first time.
 * @throws AppError not_found, forbidden, wrong_state (read-only), too_large, and for folders path_exists, path_under_file, path_reserved
 */
export async function startOperation(actor: Actor, input: StartOperationInput): Promise<{ operation: OperationView }> {
  const library = await requireLibrary(actor, input.library);
  const repeated = await findByClientId(actor, library.id, input);
  if (repeated !== null) return { operation: await readOperation(actor, repeated) };
  requireWritable(library);

  const params = input.params ?? {};
  if (params.ghosts && params.expectedCount === undefined && !input.dryRun) {
    throw new AppError('invalid_request', 'params.expectedCount says how many are to be destroyed: plan it first.');
  }
  const { items, unchanged } = await planOperation(actor, library, input.type, input.selection, params);
  let made: InsertedOperation;
  try {
    made = await db().$transaction((tx) =>
      insertOperation(tx, actor, {
        libraryId: library.id,
        type: input.type,
        items,
        unchanged,
        params,
        ...(input.type === 'restore-to-time' && 'paths' in input.selection && input.selection.paths.length <= keptPaths
          ? { selected: input.selection.paths }
          : {}),
        role: roleOfType[input.type],
        clientId: input.clientId ?? null,
        planned: input.dryRun ?? false,
        undoOfId: null,
      }),
    );
  } catch (error) {
    // The same request came twice at the same moment: the other one made it.
    const twin = isUniqueViolation(error) ? await findByClientId(actor, library.id, input) : null;
    if (twin === null) throw error;
    return { operation: await readOperation(actor, twin) };
  }
  if (made.runs === 'inline') await runInRequest(made.id);
  return { operation: await readOperation(actor, made.id) };
}

async function findByClientId(actor: Actor, libraryId: bigint, input: StartOperationInput): Promise<bigint | null> {
  if (!input.clientId) return null;
  if (!canBeStored(input.clientId))
    throw new AppError('invalid_request', 'clientId holds a character that cannot be stored.');
  const found = await db().operation.findUnique({
    where: { userId_clientId: { userId: actor.userId, clientId: input.clientId } },
    select: { id: true, libraryId: true, type: true },
  });
  if (!found) return null;
  if (found.libraryId !== libraryId || found.type.replaceAll('_', '-') !== input.type) {
    throw new AppError('invalid_request', 'This clientId was given to another operation. Make a new one for each.');
  }
  return found.id;
}
