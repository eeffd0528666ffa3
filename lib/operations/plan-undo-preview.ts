import type { PlannedItem } from './plan-summary.ts';
import type { OperationStep, SeenVersion, StepOf } from './steps.ts';

/** One key as the index knows it: its delete markers on top, and every version that its newest content stands for. */
export type PlaceState = {
  markers: string[];
  /** Null: nothing with content is left. The newest first, then what it was copied from by undos. */
  content: string[] | null;
  /** Versions that the store still has. */
  versions: ReadonlySet<string>;
};
export type Misfit = { path: string; detail: string };

/** What an undo makes has an id that nobody knows yet. */
const made = '(made by the undo)';

/**
 * Which items of some undos would be left as they are, because the world has moved on since: the steps are carried out one after
 * the other on a picture of the index. The store decides when it comes to it; this is what a person is told before.
 * @param items in the order in which they will run
 * @param world by path; changed
 */
export function planUndoPreview(items: Pick<PlannedItem, 'path' | 'step'>[], world: Map<string, PlaceState>): Misfit[] {
  const misfits: Misfit[] = [];
  for (const { path, step } of items) {
    const detail = apply(world, path, step);
    if (detail !== null) misfits.push({ path, detail });
  }
  return misfits;
}

const nowhere: PlaceState = { markers: [], content: null, versions: new Set() };
const isOn = (place: PlaceState, seen: SeenVersion) => place.content?.includes(seen.versionId) ?? false;
const isLive = (place: PlaceState) => place.content !== null && place.markers.length === 0;

function apply(world: Map<string, PlaceState>, path: string, step: OperationStep): string | null {
  const here = world.get(path) ?? nowhere;
  const become = (place: string, change: Partial<PlaceState>) =>
    world.set(place, { ...(world.get(place) ?? nowhere), ...change });
  switch (step.kind) {
    case 'put-marker':
      if (!isOn(here, step.expect)) return here.content ? changed : gone;
      if (isLive(here)) become(path, { markers: [made] });
      return null;
    case 'remove-markers':
      if (!isOn(here, step.back)) return here.content ? (isLive(here) ? taken : changed) : gone;
      if (step.markers && here.markers.some((marker) => marker !== made && !step.markers?.includes(marker))) {
        return 'It was deleted again since.';
      }
      become(path, { markers: [] });
      return null;
    case 'copy-up':
      return copyUp(here, step, (change) => become(path, change));
    case 'copy-to': {
      const from = world.get(step.from) ?? nowhere;
      if (!isLive(from) || !isOn(from, step.source)) return changed;
      if (step.over ? !isLive(here) || !isOn(here, step.over) : isLive(here)) return taken;
      become(path, { markers: [], content: [made] });
      if (step.move) become(step.from, { markers: [made] });
      return null;
    }
    case 'move-back': {
      const from = world.get(step.from) ?? nowhere;
      if (!isLive(from) || !isOn(from, step.made)) return 'The file was changed, moved or deleted since.';
      if (!isOn(here, step.back)) return isLive(here) ? 'Another file is at the old place now.' : gone;
      become(path, { markers: [] });
      become(step.from, step.former ? { content: [made, step.former.versionId] } : { markers: [made] });
      return null;
    }
    case 'set-tags':
      return here.content === null ? gone : null;
    default:
      return null;
  }
}

function copyUp(
  here: PlaceState,
  step: StepOf<'copy-up'>,
  become: (change: Partial<PlaceState>) => void,
): string | null {
  if (!here.versions.has(step.source.versionId)) return 'The bytes of the version before are gone from the store.';
  const isExpected = step.expect.isDeleteMarker
    ? here.markers.some((marker) => marker === made || marker === step.expect.versionId)
    : isLive(here) && isOn(here, step.expect);
  if (!isExpected) return isLive(here) ? changed : 'It was deleted or moved since.';
  become({ markers: [], content: [made, step.source.versionId] });
  return null;
}

const changed = 'A newer version was saved since.';
const gone = 'It is no longer in the store.';
const taken = 'Another file was put there since.';
