import { safeNumber } from '#lib/assets/safe-number.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { presignPut } from '#lib/storage/presign.ts';
import { conditionOf } from './conflict-verdict.ts';
import type { ReservedUpload } from './insert-uploads.ts';
import { crcText, refOf } from './own-uploads.ts';
import { urlSeconds } from './session-times.ts';
import { signedMetadata } from './signed-metadata.ts';

/** Full instructions for one PUT, from the session's row alone. */
export async function signSingle(library: LibraryContext, upload: ReservedUpload) {
  const crc64nvme = crcText(upload.crc64nvme);
  if (crc64nvme === null) throw new Error(`Upload ${upload.id} is single and has no checksum.`);
  const signed = await presignPut({
    ref: refOf(library, upload),
    size: safeNumber(upload.size),
    contentType: upload.contentType,
    crc64nvme,
    condition: conditionOf(upload),
    encryption: wantedEncryption(),
    metadata: signedMetadata(upload),
    expiresIn: urlSeconds,
  });
  return {
    kind: 'single' as const,
    method: 'PUT' as const,
    url: signed.url,
    headers: signed.headers,
    expiresAt: signed.expiresAt.toISOString(),
  };
}
