import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { prepareRestoreToTime } from '#lib/operations/prepare-restore-to-time.ts';
import { operationStep } from '#lib/operations/steps.ts';
import type { StoredOperation } from '#lib/operations/stored-types.ts';

/**
 * Files for which a plan that is made now says something else than the frozen one: the index has heard of changes since, or an operation was
 * just being written down when it was planned. The store and the index may agree and the plan be of neither.
 */
export async function countMoved(
  actor: Actor,
  library: LibraryContext,
  operation: StoredOperation,
  selected: string[],
): Promise<number> {
  const [fresh, frozen] = await Promise.all([
    prepareRestoreToTime(actor, library, { paths: selected }, operation.params),
    db().operationItem.findMany({ where: { operationId: operation.id }, select: { path: true, step: true } }),
  ]);
  const planned = new Map(frozen.map(({ path, step }) => [path, said(step)]));
  const other = fresh.items.filter(({ path, step }) => planned.get(path) !== said(step)).length;
  const now = new Set(fresh.items.map(({ path }) => path));
  return other + frozen.filter(({ path }) => !now.has(path)).length;
}

/** Parsed, so that the order of the fields is one. */
const said = (step: unknown) => JSON.stringify(operationStep.parse(step));
