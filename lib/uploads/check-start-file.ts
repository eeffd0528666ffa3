import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { type PathLimits, requireValidPath } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { singlePutBytes } from './limits.ts';
import type { WantedPath } from './plan-reservations.ts';
import type { StartFile } from './schema.ts';

/** A media type with simple parameters (RFC 9110 8.3.1), as it can be signed: printable ASCII, single spaces. */
const mediaType = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(; ?[\x21-\x7e]+)*$/;

/** Browsers tell odd types for odd files; what is none is sent as bytes, and inspection finds out. */
const cleanContentType = (told: string) => (mediaType.test(told) ? told : 'application/octet-stream');

/**
 * What one file of a start call asks for, checked without looking at other files.
 * @throws AppError invalid_path, not_found, forbidden, too_large, not_supported_by_store, invalid_request
 */
export function checkStartFile(actor: Actor, library: LibraryContext, limits: PathLimits, file: StartFile): WantedPath {
  requireValidPath(file.path, limits);
  if (file.path.endsWith('/')) throw new AppError('invalid_path', 'A file needs a name: the path ends in a slash.');
  requireRole(actor, library.id, [file.path], 'contributor');
  const largest = env().MAX_UPLOAD_BYTES;
  if (file.size > largest) {
    throw new AppError('too_large', `The file has ${file.size} bytes; at most ${largest} bytes are taken here.`);
  }
  if (file.size <= singlePutBytes) {
    if (file.crc64nvme === undefined) {
      throw new AppError('invalid_request', 'A file of up to 16 MiB needs its CRC64NVME beforehand.');
    }
  } else if (!library.capabilities.multipartCrc64nvme.supported) {
    throw new AppError(
      'not_supported_by_store',
      `Files over 16 MiB go in parts with checksums. ${library.capabilities.multipartCrc64nvme.detail}`,
    );
  }
  if (file.ifExists === 'replace' && file.expectedVersionId === undefined) {
    throw new AppError('invalid_request', 'To replace a file, say which version you saw (expectedVersionId).');
  }
  return {
    path: file.path,
    ifExists: file.ifExists,
    expectedVersionId: file.ifExists === 'replace' ? (file.expectedVersionId ?? null) : null,
    size: file.size,
    crc64nvme: file.crc64nvme ?? null,
    contentType: cleanContentType(file.contentType),
    fileModifiedAt: file.modifiedAt === undefined ? null : new Date(file.modifiedAt),
  };
}
