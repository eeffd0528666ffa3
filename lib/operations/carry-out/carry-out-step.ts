import { toKey } from '#lib/libraries/layout.ts';
import type { OperationStep } from '../steps.ts';
import { abortUpload } from './abort-upload.ts';
import { copyTo } from './copy-to.ts';
import { copyUp } from './copy-up.ts';
import { putFolder, removeFolder } from './folder-marker.ts';
import { moveBack } from './move-back.ts';
import { moveFolder } from './move-folder.ts';
import { purgeKey } from './purge-key.ts';
import { putMarker } from './put-marker.ts';
import { reencrypt } from './reencrypt.ts';
import { removeMarkers } from './remove-markers.ts';
import { removeVersions } from './remove-versions.ts';
import { setTags } from './set-tags.ts';
import type { StepContext } from './step-context.ts';
import type { StepResult } from './step-result.ts';

/** Does one step at the store. It may be repeated after a crash: what it did already is recognised. */
export function carryOutStep(context: StepContext, step: OperationStep): Promise<StepResult> {
  switch (step.kind) {
    case 'nothing':
      return Promise.resolve({ state: 'skipped' });
    case 'put-marker':
      return putMarker(context, step);
    case 'remove-markers':
      return removeMarkers(context, step);
    case 'copy-up':
      return copyUp(context, step);
    case 'put-folder-marker':
      return putFolder(context, step);
    case 'remove-folder-marker':
      return removeFolder(context, step);
    case 'copy-to':
      return copyTo(context, step);
    case 'move-back':
      return moveBack(context, step);
    case 'move-folder-marker':
      return moveFolder(context, step);
    case 'set-tags':
      return setTags(context, step);
    case 'purge-key':
      return purgeKey(context, step);
    case 'remove-versions':
      return removeVersions(context, step);
    case 'abort-upload':
      return abortUpload(context, step);
    case 'reencrypt':
      return reencrypt(context, step);
  }
}

/** The keys that a step changes at the store; the index is brought up to date for each. */
export function keysOf({ ref, library }: Pick<StepContext, 'ref' | 'library'>, step: OperationStep): string[] {
  if (step.kind === 'set-tags' || step.kind === 'nothing' || step.kind === 'abort-upload') return [];
  // A copy leaves its source as it was.
  if (step.kind === 'copy-to' && !step.move) return [ref.key];
  return 'from' in step ? [ref.key, toKey(library, step.from)] : [ref.key];
}
