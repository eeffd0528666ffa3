import { db } from '#lib/db.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { isAccessDenied } from '#lib/storage/store-errors.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { StepOf } from '../steps.ts';
import { isSeen, type StepContext, splitTop, toSeen } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/** Untrash: every marker above the newest version goes, listed just before (markers stack on AWS). */
export async function removeMarkers(context: StepContext, step: StepOf<'remove-markers'>): Promise<StepResult> {
  const { markers, beneath } = splitTop(await context.look.before(context.ref));
  const top = markers[0];
  if (!top) {
    if (!isSeen(beneath, step.back)) {
      return beneath
        ? conflict(
            'path_exists',
            'Another file was put there since. It was left as it is; the older one is in its versions.',
          )
        : conflict('not_found', 'No version of it is left in the store, so nothing can be brought back.');
    }
    return context.takenUpBefore ? done(step) : { state: 'skipped' };
  }
  if (!beneath || !isSeen(beneath, step.back)) {
    return conflict('version_changed', 'Other versions lie beneath than when this was planned. Look at its versions.');
  }
  const { markers: expected } = step;
  const strange = expected ? markers.filter((marker) => !expected.includes(marker.versionId)) : [];
  if (strange.length > 0 && !(await areOfUndos(context, strange))) {
    return conflict('version_changed', 'It was deleted again since. Restore it from the trash.');
  }
  context.requireRight();
  try {
    await context.act.removeMarkers(context.ref, markers);
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return copyBeneath(context, step, top, beneath);
  }
  return done(step);
}

/** Undoing a restore puts a marker of its own, and the deletion before that must not take it for somebody's new one. */
async function areOfUndos({ library, ref }: StepContext, markers: ListedVersion[]): Promise<boolean> {
  const ids = markers.map((marker) => marker.versionId);
  const found = await db().operationItem.findMany({
    where: {
      key: ref.key,
      versionId: { in: ids },
      operation: { libraryId: library.id, OR: [{ undoOfId: { not: null } }, { undoOfUploadId: { not: null } }] },
    },
    select: { versionId: true },
  });
  return ids.every((id) => found.some((item) => item.versionId === id));
}

function done(step: StepOf<'remove-markers'>): StepResult {
  return { state: 'done', outcome: { kind: 'markers-removed', back: step.back }, versionId: null };
}

/** Without the right to remove markers, the version is copied on top of them: the same bytes are current again. */
async function copyBeneath(
  context: StepContext,
  step: StepOf<'remove-markers'>,
  top: ListedVersion,
  beneath: ListedVersion,
): Promise<StepResult> {
  const made = await copyVersion({
    source: { ...context.ref, versionId: beneath.versionId },
    target: context.ref,
    encryption: wantedEncryption(),
    size: beneath.size,
  });
  const former = { ...toSeen(top), isDeleteMarker: true };
  return {
    state: 'done',
    outcome: { kind: 'copied-up', made, from: step.back.versionId, former },
    versionId: made.versionId,
  };
}
