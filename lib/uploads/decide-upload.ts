import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { requireMayWrite, requireOpen, requireOwnUpload } from './own-uploads.ts';
import type { UploadView } from './schema.ts';
import { toUploadView } from './upload-view.ts';

/**
 * Answers a clash that was found at completion. With "replace" the session goes on under a new condition: parts that are at the store
 * are not sent again, a single file is signed again.
 * @throws AppError not_found (a foreign id too), forbidden, wrong_state, upload_expired, version_changed when the version that the
 *   person saw is no longer the current one
 */
export async function decideUpload(
  actor: Actor,
  input: { id: string; ifExists: 'replace'; expectedVersionId: string },
): Promise<{ upload: UploadView }> {
  const { upload, library } = await requireOwnUpload(actor, input.id);
  requireMayWrite(actor, upload);
  requireOpen(upload);
  const asset = await db().asset.findUnique({
    where: { libraryId_path: { libraryId: library.id, path: upload.path } },
    select: { state: true, versionId: true, etag: true },
  });
  if (asset?.state !== 'live' || asset.versionId !== input.expectedVersionId || asset.etag === null) {
    throw new AppError(
      'version_changed',
      asset?.state === 'live'
        ? 'The file was replaced again in the meantime. Look at the new version, then decide.'
        : 'The file that this would replace is no longer there. Upload it as a new file.',
    );
  }
  const [decided] = await db().upload.updateManyAndReturn({
    where: { id: upload.id, state: { in: ['reserved', 'uploading'] } },
    data: {
      ifExists: 'replace',
      expectedVersionId: asset.versionId,
      expectedEtag: asset.etag,
      errorCode: null,
      errorDetail: null,
    },
  });
  if (!decided) throw new AppError('wrong_state', 'This upload is just being finished. Ask for its state.');
  return { upload: toUploadView(decided, library.slug) };
}
