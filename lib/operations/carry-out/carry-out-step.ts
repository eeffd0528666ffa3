import type { OperationStep } from '../steps.ts';
import { copyUp } from './copy-up.ts';
import { putFolder, removeFolder } from './folder-marker.ts';
import { putMarker } from './put-marker.ts';
import { removeMarkers } from './remove-markers.ts';
import type { StepContext, StepResult } from './step-context.ts';

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
  }
}
