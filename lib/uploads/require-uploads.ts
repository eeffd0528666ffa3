import { AppError } from '#lib/errors.ts';
import { uploadsRefusedReason } from '#lib/libraries/library-view.ts';
import { type LibraryContext, requireWritable } from '#lib/libraries/require-library.ts';

/**
 * Whether anything may be uploaded to this library at all.
 * @throws AppError wrong_state when it is read-only, not_supported_by_store with the reason when the store is not safe or lacks what
 *   every upload needs
 */
export function requireUploads(library: LibraryContext): void {
  requireWritable(library);
  const refused = uploadsRefusedReason(library);
  if (refused !== null) throw new AppError('not_supported_by_store', refused);
  const { conditionalPut, crc64nvme } = library.capabilities;
  for (const needed of [conditionalPut, crc64nvme]) {
    if (!needed.supported) {
      throw new AppError('not_supported_by_store', `Uploads are off: the store lacks what they need. ${needed.detail}`);
    }
  }
}
