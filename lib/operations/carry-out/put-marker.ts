import { NULL_VERSION } from '#lib/storage/objects.ts';
import { isAccessDenied } from '#lib/storage/store-errors.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { removeDeleteMarker } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { standsFor } from './stands-for.ts';
import { isSeen, isSinceTakenUp, type StepContext, splitTop, toSeen } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Trash: a delete marker on top of the version that was seen, and on no other. Stores do not take a condition on a delete
 * (s3-facts 7c), so the key is looked at before and after.
 */
export async function putMarker(context: StepContext, step: StepOf<'put-marker'>): Promise<StepResult> {
  const { ref } = context;
  const before = splitTop(await context.look.before(ref));
  if (!before.beneath) return conflict('not_found', 'It is no longer in the store.');
  if (!(await standsFor(context, ref.key, before.beneath, step.expect))) {
    // A runner that ended before it looked again left its marker on somebody's newer version.
    const ours = before.markers[0];
    if (ours && isSinceTakenUp(context, ours)) return takeBack(context, ours.versionId, step);
    return conflict('version_changed', 'A newer version was saved since. It was left as it is.');
  }
  const marker = before.markers[0];
  if (marker) {
    if (!isSinceTakenUp(context, marker)) return { state: 'skipped' };
    return done(
      before.markers.map((one) => one.versionId),
      before.beneath,
    );
  }

  // Such a key has no history on MinIO and VersityGW: a marker would destroy what it holds (s3-facts 7c).
  if (ref.key.endsWith('/') && before.beneath.versionId === NULL_VERSION) {
    return conflict(
      'wrong_state',
      'Its name ends in “/”, and this store would destroy it instead of keeping it in the trash. It was left as it is.',
    );
  }
  context.requireRight();
  const put = await context.act.putMarker(ref);
  const listed = await context.look.after(ref);
  const ours = listed.findIndex((entry) => entry.isDeleteMarker && entry.versionId === put.versionId);
  // Gone again already: somebody restored it in the same moment.
  if (ours === -1) return conflict('version_changed', 'It was restored in the same moment. It was left as it is.');
  // A retried request may have put two (s3-facts 7c): all that lie on the version are one deletion.
  const { markers, beneath } = splitTop(listed.slice(ours));
  if (isSeen(beneath, toSeen(before.beneath)))
    return done(
      markers.map((one) => one.versionId),
      before.beneath,
    );
  return takeBack(context, put.versionId, step);
}

function done(markers: string[], over: ListedVersion): StepResult {
  return { state: 'done', outcome: { kind: 'marker-put', markers, over: toSeen(over) }, versionId: markers[0] ?? null };
}

/** Somebody saved a version between our look and our marker: their file must not vanish. */
async function takeBack(
  context: StepContext,
  versionId: string | null,
  step: StepOf<'put-marker'>,
): Promise<StepResult> {
  try {
    if (versionId !== null) await removeDeleteMarker({ ...context.ref, versionId });
    return conflict('version_changed', 'A newer version was saved in the same moment. It was left as it is.');
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    const detail =
      'A newer version was saved in the same moment and went to the trash with it. Restore it from the trash.';
    const outcome = { kind: 'marker-put', markers: versionId === null ? [] : [versionId], over: step.expect } as const;
    return { state: 'conflict', code: 'version_changed', detail, outcome, versionId };
  }
}
