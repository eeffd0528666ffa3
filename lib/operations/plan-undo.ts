import { inKeyOrder, type PlannedItem } from './plan-summary.ts';
import type { OperationTypeName } from './schema.ts';
import type { OperationStep, StepOutcome } from './steps.ts';

export type DoneItem = { key: string; path: string; bytes: number; outcome: StepOutcome };

/** The step that takes an outcome back. It expects exactly what that outcome left behind, so a world that moved on is a conflict. */
export function undoStep(outcome: StepOutcome, undone: OperationTypeName): OperationStep {
  switch (outcome.kind) {
    case 'marker-put':
      return { kind: 'remove-markers', back: outcome.over, markers: outcome.markers };
    case 'markers-removed':
      return { kind: 'put-marker', expect: outcome.back };
    case 'copied-up':
      return outcome.former.isDeleteMarker
        ? { kind: 'put-marker', expect: outcome.made }
        : {
            kind: 'copy-up',
            source: { versionId: outcome.former.versionId, etag: outcome.former.etag },
            expect: { ...outcome.made, isDeleteMarker: false },
          };
    case 'folder-marker-put':
      // A folder that was made must still be empty; one that came back with its files goes together with them.
      return { kind: 'remove-folder-marker', onlyIfEmpty: undone === 'create-folder' };
    case 'folder-marker-removed':
      // Where the store kept history, its newest entry is our delete marker; putting the object again needs no right to remove one.
      return { kind: 'put-folder-marker', ifExists: 'skip' };
  }
}

/** The type under which an undo is shown: what it does, not what it takes back. */
export function undoType(undone: OperationTypeName, steps: OperationStep[]): OperationTypeName {
  if (undone === 'trash') return 'untrash';
  if (undone === 'restore-version' && steps.some((step) => step.kind === 'copy-up')) return 'restore-version';
  return 'trash';
}

/**
 * An operation that takes back what another one did.
 * @param alreadyUndone keys that an earlier, partial undo has taken back
 */
export function planUndo(
  undone: OperationTypeName,
  items: DoneItem[],
  alreadyUndone: ReadonlySet<string>,
): PlannedItem[] {
  return inKeyOrder(
    items
      .filter((item) => !alreadyUndone.has(item.key))
      .map(({ key, path, bytes, outcome }) => ({
        key,
        path,
        bytes,
        state: 'pending',
        error: null,
        step: undoStep(outcome, undone),
      })),
  );
}
