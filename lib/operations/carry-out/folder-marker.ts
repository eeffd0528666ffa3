import { db } from '#lib/db.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { NULL_VERSION, putDeleteMarker, putFolderMarker } from '#lib/storage/objects.ts';
import { listKeyVersions, listVersionsPage, type VersionsPage } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { isSinceTakenUp, type StepContext, splitTop } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/** An empty folder: a zero-byte object whose key ends in "/". */
export async function putFolder(context: StepContext, step: StepOf<'put-folder-marker'>): Promise<StepResult> {
  const [top] = await listKeyVersions(context.ref);
  if (top && !top.isDeleteMarker) {
    if (isSinceTakenUp(context, top)) return { state: 'done', outcome: { kind: 'folder-marker-put' }, versionId: null };
    return step.ifExists === 'skip' ? { state: 'skipped' } : conflict('path_exists', 'The folder is there already.');
  }
  context.requireRight();
  await putFolderMarker(context.ref, wantedEncryption());
  return { state: 'done', outcome: { kind: 'folder-marker-put' }, versionId: null };
}

/**
 * Takes the object of a folder away. On MinIO such a key has no history and the removal is for good (s3-facts 7c): nothing is
 * lost with an empty object, which undo puts again; one that holds bytes is left alone.
 */
export async function removeFolder(context: StepContext, step: StepOf<'remove-folder-marker'>): Promise<StepResult> {
  const { ref } = context;
  const before = splitTop(await listKeyVersions(ref));
  if (!before.beneath || before.markers.length > 0) {
    const marker = before.markers[0]?.versionId ?? null;
    return context.takenUpBefore
      ? { state: 'done', outcome: { kind: 'folder-marker-removed', marker }, versionId: null }
      : { state: 'skipped' };
  }
  if (before.beneath.versionId === NULL_VERSION && before.beneath.size > 0) {
    const size = before.beneath.size.toLocaleString('en');
    return conflict(
      'wrong_state',
      `The object of this folder holds ${size} bytes, and this store would destroy them. It was left as it is.`,
    );
  }
  if (step.onlyIfEmpty && (await holdsFiles(context))) {
    return conflict('wrong_state', 'The folder is no longer empty. It was left as it is.');
  }
  context.requireRight();
  await putDeleteMarker(ref);
  const [top] = await listKeyVersions(ref);
  const marker = top?.isDeleteMarker ? top.versionId : null;
  return { state: 'done', outcome: { kind: 'folder-marker-removed', marker }, versionId: marker };
}

/** Whether anything live is below the folder: by the index, then by the store, which may know more. */
async function holdsFiles({ library, path, ref }: StepContext): Promise<boolean> {
  const indexed = await db().asset.findFirst({
    where: {
      libraryId: library.id,
      state: 'live',
      path: { gte: path, ...(prefixEnd(path) ? { lt: prefixEnd(path) as string } : {}) },
    },
    select: { id: true },
  });
  if (indexed) return true;
  let next: VersionsPage['next'] | undefined;
  do {
    const page: VersionsPage = await listVersionsPage({ bucket: ref.bucket, prefix: ref.key, ...next });
    if (page.versions.some((entry) => entry.key !== ref.key && entry.isLatest && !entry.isDeleteMarker)) return true;
    next = page.next;
  } while (next);
  return false;
}
