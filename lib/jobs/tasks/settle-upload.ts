import { settleUpload } from '#lib/uploads/settle-upload.ts';

export async function run(payload: { uploadId: string }): Promise<void> {
  await settleUpload(payload.uploadId);
}
