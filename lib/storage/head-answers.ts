import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { unquoteEtag } from './condition.ts';
import type { StoreHeaders } from './send-own-request.ts';
import { isNotFound, statusOf } from './store-errors.ts';
import type { HeadedObject, ObjectRef } from './types.ts';

/** Version id of what was written while versioning was off; stores leave it out of some answers. */
export const NULL_VERSION = 'null';

type AskedFor = ObjectRef & { versionId?: string };

const metaPrefix = 'x-amz-meta-';

/** 405: the version asked for is a delete marker. */
const isMarkerAnswer = (error: unknown) => statusOf(error) === 405;

/** Names and meanings of the headers: HeadObject in the S3 API reference. */
export function readHead(ref: AskedFor, headers: StoreHeaders): HeadedObject {
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
export async function headBySdk(ref: AskedFor): Promise<HeadedObject | null> {
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
