import { toKey } from '#lib/libraries/layout.ts';
import { type PlannedItem, sortByKey } from './plan-summary.ts';
import type { OperationTypeName } from './schema.ts';
import type { OperationStep, SeenVersion, StepOutcome } from './steps.ts';

export type DoneItem = { position: number; key: string; path: string; bytes: number; outcome: StepOutcome };

/** The step that takes an outcome back. It expects exactly what that outcome left behind, so a world that moved on is a conflict. */
export function undoStep(outcome: StepOutcome, undone: OperationTypeName, path: string): OperationStep {
  switch (outcome.kind) {
    case 'marker-put':
      return { kind: 'remove-markers', back: outcome.over, markers: outcome.markers };
    case 'markers-removed':
      return { kind: 'put-marker', expect: outcome.back };
    case 'copied-up':
      return outcome.former.isDeleteMarker
        ? { kind: 'put-marker', expect: outcome.made }
        : copyBack(outcome.former, outcome.made, outcome.formerClass);
    case 'folder-marker-put':
      // A folder that was made must still be empty; one that came back with its files goes together with them.
      return { kind: 'remove-folder-marker', onlyIfEmpty: undone === 'create-folder' };
    case 'folder-marker-removed':
      // Where the store kept history, its newest entry is our delete marker; putting the object again needs no right to remove one.
      return { kind: 'put-folder-marker', ifExists: 'skip' };
    case 'copied-to': {
      const { made, former, moved } = outcome;
      if (!moved) return former ? copyBack(former, made) : { kind: 'put-marker', expect: made };
      const { markers, tags } = moved;
      return { kind: 'move-back', from: path, back: outcome.source, markers, made, former, tags };
    }
    case 'moved-back': {
      const { back, made, hiddenBy } = outcome;
      // What had been replaced is there again by a copy: the move is made anew, over that copy.
      if ('copy' in hiddenBy) return { kind: 'copy-to', from: path, source: back, over: hiddenBy.copy, move: true };
      const tags = { moved: [], there: [] };
      return { kind: 'move-back', from: path, back: made, markers: hiddenBy.markers, made: back, former: null, tags };
    }
    case 'folder-marker-moved':
      if (!outcome.put) return { kind: 'put-folder-marker', ifExists: 'skip' };
      if (!outcome.removed) return { kind: 'remove-folder-marker', onlyIfEmpty: false };
      return { kind: 'move-folder-marker', from: path, keep: false };
    case 'tagged':
      return { kind: 'set-tags', add: outcome.removed, remove: outcome.added };
  }
}

function copyBack(former: SeenVersion, made: SeenVersion, storageClass?: string): OperationStep {
  return {
    kind: 'copy-up',
    source: { versionId: former.versionId, etag: former.etag },
    expect: { ...made, isDeleteMarker: false },
    ...(storageClass === undefined ? {} : { storageClass }),
  };
}

/** The type under which an undo is shown: what it does, not what it takes back. */
export function undoType(undone: OperationTypeName, steps: OperationStep[]): OperationTypeName {
  if (undone === 'trash') return 'untrash';
  if (undone === 'tag' || undone === 'move' || undone === 'restore-to-time' || undone === 'reclass') return undone;
  if (steps.some((step) => step.kind === 'copy-up') && (undone === 'restore-version' || undone === 'copy')) {
    return 'restore-version';
  }
  return 'trash';
}

/** Where the item of an undo leaves the file: back where it came from, for what had moved. */
function placeOf(item: DoneItem, step: OperationStep): string {
  const { outcome } = item;
  const goesBack =
    step.kind === 'move-back' ||
    step.kind === 'copy-to' ||
    step.kind === 'move-folder-marker' ||
    (outcome.kind === 'folder-marker-moved' && step.kind === 'put-folder-marker');
  return goesBack && 'from' in outcome ? outcome.from : item.path;
}

/**
 * An operation that takes back what another one did.
 * @param alreadyUndone positions that an earlier, partial undo has taken back
 */
export function planUndo(
  library: { rootPrefix: string },
  undone: OperationTypeName,
  items: DoneItem[],
  alreadyUndone: ReadonlySet<number>,
): PlannedItem[] {
  return sortByKey(
    items
      .filter((item) => !alreadyUndone.has(item.position))
      .map((item): PlannedItem => {
        const step = undoStep(item.outcome, undone, item.path);
        const path = placeOf(item, step);
        const from = 'from' in step ? { fromPath: step.from } : {};
        return {
          key: toKey(library, path),
          path,
          ...from,
          undoes: item.position,
          bytes: item.bytes,
          state: 'pending',
          error: null,
          step,
        };
      }),
  );
}
