import type { SeenVersion, StepOf, StepOutcome } from '../steps.ts';
import { copyUp } from './copy-up.ts';
import { putMarker } from './put-marker.ts';
import { recordMovesBack } from './record-move.ts';
import { removeMarkers } from './remove-markers.ts';
import { standsFor } from './stands-for.ts';
import { atPath, isSeen, isSinceTakenUp, type StepContext, splitTop } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Undo of a move, without a copy: the markers on the old place go, so that the file is there again with all its versions, and the
 * new place gets a marker (or what had been there, on top). Both places are looked at before either is changed.
 */
export async function moveBack(context: StepContext, step: StepOf<'move-back'>): Promise<StepResult> {
  const left = atPath(context, step.from);
  const [top, second] = await context.look.before(left.ref);
  const isMade = await standsFor(context, left.ref.key, top, step.made);
  const isOurs =
    top !== undefined && isSinceTakenUp(context, top) && (await standsFor(context, left.ref.key, second, step.made));
  if (!isMade && !isOurs) {
    return conflict('version_changed', 'The file was changed, moved or deleted since. It was left as it is.');
  }
  const here = splitTop(await context.look.before(context.ref));
  if (here.markers.length > 0 || !isSeen(here.beneath, step.back)) {
    if (here.markers.length === 0 && here.beneath) {
      return conflict('path_exists', 'Another file is at the old place now. Both were left as they are.');
    }
    const blocked = await context.look.place(context.path);
    if (blocked) return blocked;
  }

  const shown = await removeMarkers(context, { kind: 'remove-markers', back: step.back, markers: step.markers });
  const wasShown = shown.state === 'skipped' && isSeen(here.beneath, step.back);
  if (shown.state !== 'done' && !wasShown) return shown;
  const copied = shown.state === 'done' && shown.outcome?.kind === 'copied-up' ? shown.outcome.made : null;
  const back: SeenVersion = copied ?? step.back;

  const hidden: StepResult =
    step.former === null
      ? await putMarker(left, { kind: 'put-marker', expect: step.made })
      : await copyUp(left, {
          kind: 'copy-up',
          source: step.former,
          expect: { ...step.made, isDeleteMarker: false },
        });
  const hiddenBy = hidden.state === 'done' ? whatHides(hidden.outcome) : null;
  if (!hiddenBy) {
    const why = hidden.state === 'conflict' ? ` ${hidden.detail}` : '';
    const outcome = { kind: 'markers-removed', back } as const;
    const detail = `It is back at the old place, but still at the new one as well.${why}`;
    return { state: 'conflict', code: 'version_changed', detail, outcome, versionId: null };
  }
  const outcome = { kind: 'moved-back', from: step.from, back, made: step.made, hiddenBy } as const;
  return {
    state: 'done',
    outcome,
    versionId: copied?.versionId ?? null,
    record: recordMovesBack,
  };
}

function whatHides(outcome: StepOutcome | null): { markers: string[] } | { copy: SeenVersion } | null {
  if (outcome?.kind === 'marker-put') return { markers: outcome.markers };
  return outcome?.kind === 'copied-up' ? { copy: outcome.made } : null;
}
