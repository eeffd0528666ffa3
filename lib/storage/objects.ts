import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { askStore } from './ask-store.ts';
import { callStore } from './client.ts';
import { conditionParams, unquoteEtag } from './condition.ts';
import { encryptionParams } from './encryption.ts';
import { headBySdk, NULL_VERSION, readHead } from './head-answers.ts';
import { sendOwnRequest } from './send-own-request.ts';
import type { HeadedObject, ObjectRef, WantedEncryption, WriteCondition } from './types.ts';

export { NULL_VERSION };

/**
 * What the store says about an object or one version of it.
 * @returns null when there is none, or when the latest (or the version asked for) is a delete marker
 */
export async function headObject(ref: ObjectRef & { versionId?: string }): Promise<HeadedObject | null> {
  const answer = await askStore(ref, ref.versionId ? { versionId: ref.versionId } : {});
  // Anything unusual is the SDK's: it repeats, and tells faults apart.
  if (answer === null) return headBySdk(ref);
  return answer.status === 200 ? readHead(ref, answer.headers) : null;
}

/**
 * Hides the key under a delete marker; everything beneath stays. A key that ends in `/` has no history on MinIO and
 * VersityGW: there this is permanent (s3-facts 7c). A retry after a lost answer may stack a second marker on AWS.
 * @returns the marker's id, null when the store made none
 */
export async function putDeleteMarker(ref: ObjectRef): Promise<{ versionId: string | null }> {
  const answer = await sendOwnRequest({ call: 'DeleteObject', method: 'DELETE', ref });
  if (answer?.status === 204 || answer?.status === 200) {
    const { 'x-amz-delete-marker': isMarker, 'x-amz-version-id': versionId } = answer.headers;
    return { versionId: isMarker === 'true' ? String(versionId ?? NULL_VERSION) : null };
  }
  // Anything unusual is the SDK's, as above.
  const done = await callStore('app', 'Deleting', (client) =>
    client.send(new DeleteObjectCommand({ Bucket: ref.bucket, Key: ref.key })),
  );
  return { versionId: done.DeleteMarker ? (done.VersionId ?? NULL_VERSION) : null };
}

/** An empty folder: a zero-byte object whose key ends in `/`. Repeating it changes nothing that people see. */
export async function putFolderMarker(
  ref: ObjectRef,
  encryption: WantedEncryption,
): Promise<{ versionId: string; etag: string }> {
  if (!ref.key.endsWith('/')) throw new Error(`A folder marker ends in "/": ${JSON.stringify(ref.key)}`);
  return putBytes(ref, new Uint8Array(), 'application/x-directory', { encryption });
}

/**
 * Small writes by the server: folder markers, renditions, probes. Media goes from the browser to the store.
 * The store verifies the bytes against a CRC64NVME that the SDK computes.
 */
export async function putBytes(
  ref: ObjectRef,
  body: Uint8Array | string,
  contentType: string,
  options: {
    encryption?: WantedEncryption;
    condition?: WriteCondition;
    metadata?: Record<string, string>;
    cacheControl?: string;
  } = {},
): Promise<{ versionId: string; etag: string }> {
  // The SDK takes an empty string for no body at all.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const done = await callStore('app', 'Writing the object', (client) =>
    client.send(
      new PutObjectCommand({
        Bucket: ref.bucket,
        Key: ref.key,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentType: contentType,
        ChecksumAlgorithm: 'CRC64NVME',
        ...(options.metadata ? { Metadata: options.metadata } : {}),
        ...(options.cacheControl ? { CacheControl: options.cacheControl } : {}),
        ...(options.encryption ? encryptionParams(options.encryption) : {}),
        ...conditionParams(options.condition),
      }),
    ),
  );
  return { versionId: done.VersionId ?? NULL_VERSION, etag: unquoteEtag(done.ETag ?? '') };
}
