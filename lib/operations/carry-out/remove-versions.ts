import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { isSeen, type StepContext } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Destroys old versions of a file, by the identity `purge`. Nothing is taken where one of them has become the newest since: somebody brought it back,
 * or removed what was above it.
 */
export async function removeVersions(context: StepContext, step: StepOf<'remove-versions'>): Promise<StepResult> {
  const { ref } = context;
  const listed = await listKeyVersions(ref);
  const newest = listed.find((entry) => !entry.isDeleteMarker);
  if (step.versions.some((version) => isSeen(newest, version)))
    return conflict('version_changed', 'One of these versions is the newest now. All were left as they are.');
  const there = listed.filter((entry) => step.versions.some((version) => isSeen(entry, version)));
  if (there.length === 0) return context.takenUpBefore ? done : { state: 'skipped' };
  context.requireRight();
  for (const { versionId } of there.reverse()) await removeVersion({ ...ref, versionId });
  const left = await listKeyVersions(ref);
  if (left.some((entry) => step.versions.some((version) => isSeen(entry, version))))
    return conflict('wrong_state', 'The store still holds some of them: a lock or a legal hold keeps them.');
  return done;
}

/** Nothing brings them back. */
const done: StepResult = { state: 'done', outcome: null, versionId: null };
