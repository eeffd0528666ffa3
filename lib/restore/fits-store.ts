import { isSeen, splitTop } from '#lib/operations/carry-out/step-context.ts';
import type { OperationStep } from '#lib/operations/steps.ts';
import type { ListedVersion } from '#lib/storage/types.ts';

/** Whether the store still holds what a step of a restore expects to find. @param listed of its key, newest first */
export function fitsStore(step: OperationStep, listed: ListedVersion[]): boolean {
  const { markers, beneath } = splitTop(listed);
  switch (step.kind) {
    case 'put-marker':
      return markers.length === 0 && isSeen(beneath, step.expect);
    case 'remove-markers':
      return (
        markers.length > 0 &&
        isSeen(beneath, step.back) &&
        (step.markers === null || markers.every(({ versionId }) => step.markers?.includes(versionId)))
      );
    case 'copy-up':
      return (
        listed[0]?.isDeleteMarker === step.expect.isDeleteMarker &&
        isSeen(listed[0], step.expect) &&
        listed.some((entry) => !entry.isDeleteMarker && isSeen(entry, step.source))
      );
    default:
      return true;
  }
}
