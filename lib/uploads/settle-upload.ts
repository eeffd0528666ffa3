import { db } from '#lib/db.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { cleanUpSession } from './clean-up-session.ts';
import { finishUpload } from './finish-upload.ts';
import { uploaderOf } from './uploader-of.ts';

/**
 * What the web process began with a session and may not end, because it removes a version (`purgesHere`): the rejection that was written
 * down, or the bytes of a session that was cancelled. Repeated it does nothing; the sweep would do the same a minute later.
 * @throws AppError store_unavailable, database_unavailable: the job is tried again
 */
export async function settleUpload(id: string): Promise<void> {
  const upload = await db().upload.findUnique({ where: { id } });
  if (!upload) return;
  const by = await uploaderOf(upload);
  if (upload.state === 'completing') await finishUpload(id, by);
  else if (upload.state === 'cancelled') await cleanUpSession(await requireLibraryById(upload.libraryId), upload, by);
}
