import type { Actor } from '#lib/auth/actor.ts';
import { notFound } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { isEncryptedAs } from '#lib/storage/is-encrypted-as.ts';
import { headObject } from '#lib/storage/objects.ts';
import { requireAsset } from './require-asset.ts';

/**
 * How the current version of a file is encrypted at the store, and whether that is as the library wants it. One HEAD: the index does not keep
 * it, since a copy by anybody may change it under the same content.
 * @throws AppError not_found for an asset that is unknown, not yours, or whose version is gone; store_unavailable
 */
export async function getAssetEncryption(actor: Actor, input: { id: string }) {
  const { row, library } = await requireAsset(actor, input.id);
  const head = await headObject({
    bucket: library.bucket,
    key: toKey(library, row.path),
    versionId: row.versionId,
  });
  if (!head) throw notFound('The version');
  return {
    encryption: head.encryption,
    kmsKeyId: head.kmsKeyId,
    asWanted: isEncryptedAs(head, wantedEncryption()),
  };
}
