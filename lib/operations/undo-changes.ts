import type * as z from 'zod';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { type LibraryContext, requireLibrary, requireWritable } from '#lib/libraries/require-library.ts';
import type { undoChangesEndpoint } from './endpoints.ts';
import { requireOperation } from './find-operation.ts';
import { insertOperation } from './insert-operation.ts';
import type { PlannedItem } from './plan-summary.ts';
import { planUndoPreview } from './plan-undo-preview.ts';
import { type PreparedUndo, prepareUndo } from './prepare-undo.ts';
import { prepareUploadUndo } from './prepare-upload-undo.ts';
import { readOperation } from './read-operation.ts';
import { readUndoWorld } from './read-undo-world.ts';
import { runOperation } from './run-operation.ts';

type Result = z.output<typeof undoChangesEndpoint.output>['results'][number];
type Change = { kind: 'operation' | 'upload'; id: string; at: Date };

/** Conflicts that one change tells of; the rest is a number. */
const conflictsTold = 20;

/**
 * Takes several changes back, the newest first, each by an operation of its own that waits for the one before. With `dryRun` nothing is
 * done: it is told what each would do, and which files would be left because the world has moved on.
 * One that cannot be undone says why and does not stop the others.
 */
export async function undoChanges(
  actor: Actor,
  input: { library: string; operations: string[]; uploads: string[]; dryRun: boolean },
): Promise<{ results: Result[] }> {
  const library = await requireLibrary(actor, input.library);
  requireWritable(library);
  const changes = await newestFirst(actor, library, input);
  const results: Result[] = [];
  const world = input.dryRun ? await worldOf(actor, library, changes) : null;
  let before: bigint | null = null;
  for (const change of changes) {
    try {
      if (world) {
        const undo = world.undos.get(change.id) as PreparedUndo | AppError;
        if (undo instanceof AppError) throw undo;
        results.push({
          ...named(change),
          ok: true,
          operation: null,
          preview: preview(actor, library, undo.items, world.places),
        });
      } else {
        const made: bigint = await undoOne(actor, library, change, before);
        before = made;
        results.push({ ...named(change), ok: true, operation: await readOperation(actor, made), preview: null });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.push({ ...named(change), ok: false, error: { code: error.code, detail: error.detail } });
    }
  }
  return { results };
}

const named = ({ kind, id }: Change) => ({ kind, id });

async function newestFirst(
  actor: Actor,
  library: LibraryContext,
  { operations, uploads }: { operations: string[]; uploads: string[] },
): Promise<Change[]> {
  const rows = await db().upload.findMany({
    where: { id: { in: uploads }, libraryId: library.id },
    select: { id: true, completedAt: true, createdAt: true, path: true },
  });
  const times = new Map(rows.map((row) => [row.id, row.completedAt ?? row.createdAt]));
  const changes: Change[] = [...new Set(uploads)].map((id) => ({
    kind: 'upload',
    id,
    at: times.get(id) ?? new Date(0),
  }));
  for (const id of new Set(operations)) {
    const operation = await requireOperation(actor, id);
    if (operation.libraryId !== library.id) throw notFound('The operation');
    changes.push({ kind: 'operation', id, at: operation.createdAt });
  }
  return changes.sort((a, b) => b.at.getTime() - a.at.getTime() || (idOf(b) > idOf(a) ? 1 : -1));
}

/** Of two operations in one millisecond the later has the larger id. */
const idOf = (change: Change) => (change.kind === 'operation' ? BigInt(change.id) : 0n);

function prepare(tx: Tx, actor: Actor, library: LibraryContext, { kind, id }: Change): Promise<PreparedUndo> {
  return kind === 'operation' ? prepareUndo(tx, actor, library, BigInt(id)) : prepareUploadUndo(tx, actor, library, id);
}

async function undoOne(actor: Actor, library: LibraryContext, change: Change, afterId: bigint | null): Promise<bigint> {
  const made = await db().$transaction(async (tx) => {
    const undo = await prepare(tx, actor, library, change);
    const of =
      change.kind === 'operation' ? { undoOfId: BigInt(change.id) } : { undoOfId: null, undoOfUploadId: change.id };
    const rest = { libraryId: library.id, params: {}, clientId: null, planned: false, afterId };
    return insertOperation(tx, actor, { ...undo, ...rest, ...of });
  });
  // While the one before is under way this one is busy, and begins when that has ended.
  if (made.runs === 'inline') await runOperation(made.id);
  return made.id;
}

async function worldOf(actor: Actor, library: LibraryContext, changes: Change[]) {
  const undos = new Map<string, PreparedUndo | AppError>();
  for (const change of changes) {
    const undo = await db()
      .$transaction((tx) => prepare(tx, actor, library, change))
      .catch((error: unknown) => {
        if (error instanceof AppError) return error;
        throw error;
      });
    undos.set(change.id, undo);
  }
  const items = [...undos.values()].flatMap((undo) => (undo instanceof AppError ? [] : undo.items));
  const places = await readUndoWorld(
    library,
    items.flatMap((item) => [item.path, item.fromPath ?? item.path]),
  );
  return { undos, places };
}

function preview(
  actor: Actor,
  library: LibraryContext,
  items: PlannedItem[],
  places: Awaited<ReturnType<typeof readUndoWorld>>,
) {
  const misfits = planUndoPreview(items, places);
  const files = items.filter((item) => !item.path.endsWith('/'));
  return {
    total: files.length || items.length,
    conflictCount: misfits.length,
    conflicts: misfits.filter(({ path }) => roleAt(actor, library.id, path) !== null).slice(0, conflictsTold),
    samples: files.slice(0, 3).map((item) => ({ path: item.path, from: item.fromPath ?? null })),
  };
}
