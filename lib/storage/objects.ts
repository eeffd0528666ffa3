import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { askStore, type StoreHeaders } from './ask-store.ts';
import { callStore } from './client.ts';
import { conditionParams, unquoteEtag } from './condition.ts';
import { encryptionParams } from './encryption.ts';
import { isNotFound, statusOf } from './store-errors.ts';
import type { HeadedObject, ObjectRef, WantedEncryption, WriteCondition } from './types.ts';

/** Version id of what was written while versioning was off; stores leave it out of some answers. */
export const NULL_VERSION = 'null';

const metaPrefix = 'x-amz-meta-';

/** 405: the version asked for is a delete marker. */
const isMarkerAnswer = (error: unknown) => statusOf(error) === 405;

/**
 * What the store says about an object or one version of it.
 * @returns null when there is none, or when the latest (or the version asked for) is a delete marker
 */
export async function headObject(ref: ObjectRef & { versionId?: string }): Promise<HeadedObject | null> {
  const answer = await askStore(ref, ref.versionId ? { versionId: ref.versionId } : {});
  if (answer) return answer.status === 200 ? readHead(ref, answer.headers) : null;
  return headBySdk(ref);
}

/** Names and meanings of the headers: HeadObject in the S3 API reference. */
function readHead(ref: ObjectRef & { versionId?: string }, headers: StoreHeaders): HeadedObject {
  const text = (name: string) => (headers[name] as string | undefined) || null;
  const metadata: Record<string, string> = {};
  for (const name in headers) {
    if (name.startsWith(metaPrefix)) metadata[name.slice(metaPrefix.length)] = headers[name] as string;
  }
  const modified = text('last-modified');
  return {
    key: ref.key,
    versionId: text('x-amz-version-id') ?? ref.versionId ?? NULL_VERSION,
    size: Number(headers['content-length'] ?? 0),
    etag: unquoteEtag(text('etag') ?? ''),
    crc64nvme: text('x-amz-checksum-crc64nvme'),
    contentType: text('content-type'),
    contentEncoding: text('content-encoding'),
    contentDisposition: text('content-disposition'),
    contentLanguage: text('content-language'),
    cacheControl: text('cache-control'),
    expires: text('expires'),
    websiteRedirect: text('x-amz-website-redirect-location'),
    storageClass: text('x-amz-storage-class') ?? 'STANDARD',
    encryption: text('x-amz-server-side-encryption'),
    kmsKeyId: text('x-amz-server-side-encryption-aws-kms-key-id'),
    modifiedAt: requireDate(modified === null ? undefined : new Date(modified)),
    metadata,
    tagCount: Number(text('x-amz-tagging-count') ?? 0),
  };
}

/** The same by the SDK's client: with repeats, and with faults told apart. */
async function headBySdk(ref: ObjectRef & { versionId?: string }): Promise<HeadedObject | null> {
  try {
    const head = await callStore('app', 'Asking the store about the object', (client) =>
      client.send(
        new HeadObjectCommand({
          Bucket: ref.bucket,
          Key: ref.key,
          ...(ref.versionId ? { VersionId: ref.versionId } : {}),
          ChecksumMode: 'ENABLED',
        }),
      ),
    );
    return {
      key: ref.key,
      versionId: head.VersionId ?? ref.versionId ?? NULL_VERSION,
      size: head.ContentLength ?? 0,
      etag: unquoteEtag(head.ETag ?? ''),
      crc64nvme: head.ChecksumCRC64NVME ?? null,
      contentType: head.ContentType ?? null,
      contentEncoding: head.ContentEncoding || null,
      contentDisposition: head.ContentDisposition || null,
      contentLanguage: head.ContentLanguage || null,
      cacheControl: head.CacheControl || null,
      expires: head.ExpiresString || null,
      websiteRedirect: head.WebsiteRedirectLocation || null,
      storageClass: head.StorageClass ?? 'STANDARD',
      encryption: head.ServerSideEncryption ?? null,
      kmsKeyId: head.SSEKMSKeyId ?? null,
      modifiedAt: requireDate(head.LastModified),
      metadata: head.Metadata ?? {},
      tagCount: head.TagCount ?? 0,
    };
  } catch (error) {
    if (isNotFound(error) || isMarkerAnswer(error)) return null;
    throw error;
  }
}

function requireDate(date: Date | undefined): Date {
  if (!date) throw new Error('The store gave no LastModified.');
  return date;
}

/**
 * Hides the key under a delete marker; everything beneath stays. A key that ends in `/` has no history on MinIO and
 * VersityGW: there this is permanent (s3-facts 7c). A retry after a lost answer may stack a second marker on AWS.
 * @returns the marker's id, null when the store made none
 */
export async function putDeleteMarker(ref: ObjectRef): Promise<{ versionId: string | null }> {
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
