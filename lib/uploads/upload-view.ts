import { safeNumber } from '#lib/assets/safe-number.ts';
import type { UploadRow } from './own-uploads.ts';
import type { UploadView } from './schema.ts';

export function toUploadView(upload: UploadRow, librarySlug: string): UploadView {
  return {
    id: upload.id,
    library: librarySlug,
    path: upload.path,
    size: safeNumber(upload.size),
    contentType: upload.contentType,
    kind: upload.kind,
    partSize: upload.partSize,
    partCount: upload.partCount,
    state: upload.state,
    error: upload.errorCode === null ? null : { code: upload.errorCode, detail: upload.errorDetail ?? '' },
    modifiedAt: upload.fileModifiedAt?.toISOString() ?? null,
    createdAt: upload.createdAt.toISOString(),
    expiresAt: upload.expiresAt.toISOString(),
  };
}
