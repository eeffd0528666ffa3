import { db } from '#lib/db.ts';
import type { UploadRow } from './own-uploads.ts';
import type { Uploader } from './record-upload.ts';

/** Sent is sent: what a person uploaded stays theirs, whatever became of their session or rights since (DESIGN section 7). */
export async function uploaderOf(upload: Pick<UploadRow, 'userId'>): Promise<Uploader> {
  const user = await db().user.findUnique({ where: { id: upload.userId }, select: { name: true } });
  return { userId: upload.userId, name: user?.name ?? 'A removed person' };
}
