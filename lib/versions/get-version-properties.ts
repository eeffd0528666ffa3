import { requireAsset } from '#lib/assets/require-asset.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { getObjectTags } from '#lib/storage/get-object-tags.ts';
import { headObject } from '#lib/storage/objects.ts';
import type { VersionProperties } from './schema.ts';

/** What Strata writes for itself: another one on every version, and nothing that somebody meant. */
const own = /^strata-/;

/**
 * What the store keeps with the bytes of one version and the index does not: headers, user metadata and S3 object tags, read from the store.
 * @throws AppError not_found for an asset or version that is unknown, not yours, a delete marker or removed; store_unavailable
 */
export async function getVersionProperties(
  actor: Actor,
  input: { id: string; versionId: string },
): Promise<{ properties: VersionProperties }> {
  const { row, library } = await requireAsset(actor, input.id);
  const version = await db().version.findFirst({
    where: { assetId: row.id, versionId: input.versionId, isDeleteMarker: false, removedAt: null },
    select: { versionId: true },
  });
  if (!version) throw notFound('The version');
  const ref = { bucket: library.bucket, key: toKey(library, row.path), versionId: version.versionId };
  const [head, tags] = await Promise.all([headObject(ref), readTags(ref)]);
  if (!head) throw notFound('The version');
  const headers = {
    'Cache-Control': head.cacheControl,
    'Content-Disposition': head.contentDisposition,
    'Content-Encoding': head.contentEncoding,
    'Content-Language': head.contentLanguage,
    Expires: head.expires,
    Encryption: head.encryption,
    'KMS key': head.kmsKeyId,
  };
  return {
    properties: {
      headers: pairsOf(headers),
      metadata: pairsOf(head.metadata).filter(({ name }) => !own.test(name)),
      tags: tags && pairsOf(Object.fromEntries(tags.map(({ key, value }) => [key, value]))),
    },
  };
}

/** Null where the store has no object tags. */
async function readTags(ref: { bucket: string; key: string; versionId: string }) {
  try {
    return await getObjectTags(ref);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_supported_by_store') return null;
    throw error;
  }
}

/** By name; what is not said is left out. */
function pairsOf(values: Record<string, string | null>): { name: string; value: string }[] {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
