import { wantedEncryption } from '#lib/storage/client.ts';
import { putFolderMarker } from '#lib/storage/objects.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { removeFolder } from './folder-marker.ts';
import { atPath, isSinceTakenUp, type StepContext } from './step-context.ts';
import type { StepResult } from './step-result.ts';

/** The zero-byte object of a folder goes to the new place, or is made there as well. A folder that is there already takes it in. */
export async function moveFolder(context: StepContext, step: StepOf<'move-folder-marker'>): Promise<StepResult> {
  const [top] = await listKeyVersions(context.ref);
  const isThere = top !== undefined && !top.isDeleteMarker;
  if (!isThere) {
    context.requireRight();
    await putFolderMarker(context.ref, wantedEncryption());
  }
  const put = !isThere || isSinceTakenUp(context, top);
  const gone = step.keep
    ? null
    : await removeFolder(atPath(context, step.from), { kind: 'remove-folder-marker', onlyIfEmpty: false });
  if (gone?.state === 'conflict') {
    return put ? { ...gone, outcome: { kind: 'folder-marker-put' }, versionId: null } : gone;
  }
  const removed = gone?.state === 'done';
  if (!put && !removed) return { state: 'skipped' };
  return { state: 'done', outcome: { kind: 'folder-marker-moved', from: step.from, put, removed }, versionId: null };
}
