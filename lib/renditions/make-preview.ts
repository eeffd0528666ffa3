import { db } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { askDecoder } from './decoder/decoder-pool.ts';
import { openOriginal } from './fetch-original.ts';
import { FileProblem } from './file-problem.ts';
import { findInspected, isArchived } from './find-inspected.ts';
import { inFolder } from './job-folder.ts';
import { putPicture, renditionRow } from './record-inspection.ts';

/**
 * The large picture for the viewer, after the thumbnails: it takes four times as long (performance.md 3).
 * @throws AppError store_unavailable, database_unavailable
 */
export async function makePreview(job: InspectedVersion, signal: AbortSignal): Promise<void> {
  const found = await findInspected(job);
  if (!found?.row.known || isArchived(found.row.storageClass)) return;
  const { library, row } = found;
  const { key, versionId, etag } = job;
  const id = { libraryId: library.id, key, versionId };
  await inFolder(async (folder) => {
    const path = `${folder}/original`;
    const original = await openOriginal({ bucket: library.bucket, key, versionId }, signal);
    try {
      await original.saveWhole(path);
    } finally {
      original.close();
    }
    try {
      const preview = await askDecoder('preview', { path });
      await putPicture(library, job, 'preview', preview);
      const made = renditionRow(etag, preview);
      await db().$transaction(async (tx) => {
        await tx.rendition.upsert({
          where: { libraryId_key_versionId_kind: { ...id, kind: 'preview' } },
          create: { ...id, kind: 'preview', ...made },
          update: made,
        });
        await recordChange(tx, library.id, 'asset', row.assetId, row.path);
      });
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      await db().mediaInfo.updateMany({ where: { ...id, etag }, data: { problem: error.message } });
    }
  });
}
