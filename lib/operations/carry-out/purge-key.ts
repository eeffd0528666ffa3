import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { isSeen, type StepContext, splitTop } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Deletes a file for ever, by the identity `purge`: every version of its key, the markers on top last, so that nothing old becomes
 * current on the way. Only while it is in the trash as it was when the person decided.
 */
export async function purgeKey(context: StepContext, step: StepOf<'purge-key'>): Promise<StepResult> {
  const { ref } = context;
  const listed = await listKeyVersions(ref);
  if (listed.length === 0) return context.takenUpBefore ? done(context) : { state: 'skipped' };
  const { markers, beneath } = splitTop(listed);
  if (markers.length === 0)
    return conflict('version_changed', 'It was restored or uploaded again since. It was left as it is.');
  // Beneath may be gone already: an earlier runner began here, or another tool.
  if (beneath && !isSeen(beneath, step.expect) && context.takenUpBefore === null) {
    return conflict('version_changed', 'It has other versions than when this was decided. It was left as it is.');
  }
  context.requireRight();
  const contents = listed.slice(markers.length);
  for (const entry of [...contents].reverse()) await removeVersion({ ...ref, versionId: entry.versionId });
  for (const entry of [...markers].reverse()) await removeVersion({ ...ref, versionId: entry.versionId });
  const left = await listKeyVersions(ref);
  if (left.some((entry) => listed.some((one) => one.versionId === entry.versionId))) {
    return conflict('wrong_state', 'The store still holds versions of it: a lock or a legal hold keeps them.');
  }
  return done(context);
}

/** Nothing brings it back, so there is no outcome to undo. */
function done({ library, ref }: StepContext): StepResult {
  return {
    state: 'done',
    outcome: null,
    versionId: null,
    record: async (tx) => {
      await tx.tag.deleteMany({ where: { libraryId: library.id, key: ref.key } });
      return [null];
    },
  };
}
