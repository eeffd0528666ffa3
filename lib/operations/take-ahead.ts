import { checkPlaces } from './carry-out/check-place.ts';
import type { StepResult } from './carry-out/step-result.ts';
import { type JournalItem, takeItems } from './item-journal.ts';
import type { ItemRun } from './run-item.ts';

/** Items that are taken in one statement. A cancel waits for no more than those that were taken. */
const takenAhead = 20;

/**
 * Gives the items one by one, each taken in the journal before; null at the end, and when somebody cancelled or paused, or the store is away.
 * @param places gets what stands in the way of those that put a file somewhere
 */
export function takeAhead(
  { claim, library, progress, signal }: ItemRun,
  items: JournalItem[],
  places: Map<string, StepResult>,
): () => Promise<JournalItem | null> {
  const ready: JournalItem[] = [];
  let at = 0;
  const takeMore = async () => {
    const some = items.slice(at, at + takenAhead);
    at += some.length;
    const taken = await takeItems(
      claim,
      some.map(({ position }) => position),
    );
    const mine = some.filter(({ position }) => taken.has(position));
    progress.stopped ||= mine.length < some.length;
    const landing = mine.filter(({ step }) => step.kind === 'copy-to' || step.kind === 'move-back');
    const blocked = await checkPlaces(
      library,
      landing.map(({ path }) => path),
    );
    for (const [path, result] of blocked) places.set(path, result);
    ready.push(...mine);
  };
  return async () => {
    for (;;) {
      progress.away ||= signal?.aborted ?? false;
      if (progress.away) return null;
      const item = ready.shift();
      // One that was taken is carried out, whatever somebody has asked for since.
      if (item) return item;
      if (progress.stopped || at >= items.length) return null;
      await takeMore();
    }
  };
}
