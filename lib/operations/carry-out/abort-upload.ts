import { db } from '#lib/db.ts';
import { abortMultipart } from '#lib/storage/multipart.ts';
import type { StepOf } from '../steps.ts';
import type { StepContext } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/** Takes away the parts of an unfinished upload. One that Strata is receiving is left: it may have been taken up again since. */
export async function abortUpload(
  { ref, library, requireRight }: StepContext,
  { storeUploadId }: StepOf<'abort-upload'>,
): Promise<StepResult> {
  const open = await db().upload.count({
    where: { libraryId: library.id, storeUploadId, state: { in: ['reserved', 'uploading', 'completing'] } },
  });
  if (open > 0) return conflict('wrong_state', 'Somebody is uploading this now. Cancel the upload first.');
  requireRight();
  await abortMultipart({ ref, storeUploadId });
  return { state: 'done', outcome: null, versionId: null };
}
