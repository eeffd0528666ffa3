import { AppError } from '#lib/errors.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { isEncryptedAs } from '#lib/storage/is-encrypted-as.ts';
import { headObject } from '#lib/storage/objects.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import type { StepOf } from '../steps.ts';
import { standsFor } from './stands-for.ts';
import type { StepContext } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/**
 * Puts the same bytes on top once more, encrypted as the library wants it now, with metadata, content headers and S3 tags; the storage class
 * becomes STANDARD. The version beneath keeps its encryption: nothing encrypts a version where it lies. So it is not undone either, which
 * would bring back the same bytes under the new encryption. Repeated after a crash it finds them encrypted as wanted, and skips.
 * @throws AppError wrong_state when the version is archived
 */
export async function reencrypt(context: StepContext, step: StepOf<'reencrypt'>): Promise<StepResult> {
  const { ref, library } = context;
  const wanted = wantedEncryption();
  const [top] = await listKeyVersions(ref);
  if (!top || top.isDeleteMarker)
    return conflict('version_changed', 'It went to the trash since. It was left as it is.');
  const head = await headObject({ ...ref, versionId: top.versionId });
  if (!head) return conflict('version_changed', 'It was removed since.');
  if (isEncryptedAs(head, wanted)) return { state: 'skipped' };
  if (!(await standsFor(context, ref.key, top, step.expect)))
    return conflict('version_changed', 'A newer version was saved since. Look again, then decide.');
  context.requireRight();
  const conditional = library.capabilities.conditionalCopy?.supported && top.etag !== null;
  try {
    const made = await copyVersion({
      source: { ...ref, versionId: top.versionId },
      target: ref,
      encryption: wanted,
      size: head.size,
      ...(conditional && top.etag !== null ? { condition: { ifMatch: top.etag } } : {}),
    });
    return { state: 'done', outcome: null, versionId: made.versionId };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'version_changed') throw error;
    return conflict('version_changed', 'A newer version was saved in the same moment. It was left as it is.');
  }
}
