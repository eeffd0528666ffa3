import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/protocol-http';
import { AppError } from '#lib/errors.ts';
import { callStore, SLOW_REQUEST_TIMEOUT } from './client.ts';
import { conditionParams, unquoteEtag } from './condition.ts';
import { encryptionHeaders, encryptionParams } from './encryption.ts';
import { NULL_VERSION } from './objects.ts';
import { isAccessDenied, isNoSuchUpload } from './store-errors.ts';
import type { ListedPart, ObjectRef, WantedEncryption, WriteCondition } from './types.ts';

type UploadRef = { ref: ObjectRef; storeUploadId: string };

/**
 * Starts a multipart upload with CRC64NVME over the full object, so that every part must carry its checksum.
 * Identity `upload` throughout: AWS lets only the initiator send parts and complete.
 */
export async function createMultipart(input: {
  ref: ObjectRef;
  contentType: string;
  encryption: WantedEncryption;
  metadata: Record<string, string>;
}): Promise<{ storeUploadId: string }> {
  const { UploadId } = await callStore('upload', 'Starting the multipart upload', (client) =>
    client.send(
      new CreateMultipartUploadCommand({
        Bucket: input.ref.bucket,
        Key: input.ref.key,
        ContentType: input.contentType,
        ChecksumAlgorithm: 'CRC64NVME',
        ChecksumType: 'FULL_OBJECT',
        Metadata: input.metadata,
        ...encryptionParams(input.encryption),
      }),
    ),
  );
  if (!UploadId) throw new Error('The store started a multipart upload without an id.');
  return { storeUploadId: UploadId };
}

/**
 * The parts that the store holds, all pages, by number.
 * @throws AppError that `isNoSuchUpload` knows when the upload was completed, aborted or dropped
 */
export async function listParts({ ref, storeUploadId }: UploadRef): Promise<ListedPart[]> {
  const parts: ListedPart[] = [];
  let marker: string | undefined;
  do {
    const page = await callStore('app', 'Listing the parts', (client) =>
      client.send(
        new ListPartsCommand({ Bucket: ref.bucket, Key: ref.key, UploadId: storeUploadId, PartNumberMarker: marker }),
      ),
    );
    for (const part of page.Parts ?? []) {
      parts.push({
        number: part.PartNumber ?? 0,
        size: part.Size ?? 0,
        etag: unquoteEtag(part.ETag ?? ''),
        crc64nvme: part.ChecksumCRC64NVME ?? null,
      });
    }
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker);
  return parts;
}

/**
 * Puts the parts together under the condition. MinIO ignores the size: compare ListParts with the plan first.
 * A second call after a success answers 412 on MinIO, InvalidPart on VersityGW, NoSuchUpload elsewhere: look at the object.
 * @param input.parts as `listParts` gave them; `crc64nvme` of the whole object is checked by the store when given
 * @throws AppError for which isPreconditionFailed, isConditionalConflict, isInvalidPart or isNoSuchUpload holds
 */
export async function completeMultipart(
  input: UploadRef & {
    parts: ListedPart[];
    size: number;
    crc64nvme?: string;
    condition: WriteCondition;
    /** Sent as a header only when the store denies a Complete without it, as MinIO does under an encryption policy. */
    encryption?: WantedEncryption;
  },
): Promise<{ versionId: string; etag: string }> {
  try {
    return await sendComplete(input, {});
  } catch (error) {
    const headers = input.encryption ? encryptionHeaders(input.encryption) : {};
    if (!isAccessDenied(error) || Object.keys(headers).length === 0) throw error;
    return sendComplete(input, headers);
  }
}

async function sendComplete(
  input: Parameters<typeof completeMultipart>[0],
  headers: Record<string, string>,
): Promise<{ versionId: string; etag: string }> {
  const command = new CompleteMultipartUploadCommand({
    Bucket: input.ref.bucket,
    Key: input.ref.key,
    UploadId: input.storeUploadId,
    MultipartUpload: {
      Parts: input.parts.map((part) => ({
        PartNumber: part.number,
        ETag: part.etag,
        ...(part.crc64nvme ? { ChecksumCRC64NVME: part.crc64nvme } : {}),
      })),
    },
    MpuObjectSize: input.size,
    ChecksumType: 'FULL_OBJECT',
    ...(input.crc64nvme ? { ChecksumCRC64NVME: input.crc64nvme } : {}),
    ...conditionParams(input.condition),
  });
  command.middlewareStack.add(
    (next) => (args) => {
      if (HttpRequest.isInstance(args.request)) Object.assign(args.request.headers, headers);
      return next(args);
    },
    { name: 'addEncryptionHeaders', step: 'build' },
  );
  const done = await callStore('upload', 'Completing the upload', (client) =>
    client.send(command, { requestTimeout: SLOW_REQUEST_TIMEOUT }),
  );
  return { versionId: done.VersionId ?? NULL_VERSION, etag: unquoteEtag(done.ETag ?? '') };
}

/** Times that an abort is repeated: parts that were in flight may land after it (s3-facts 2.15). */
const ABORT_ATTEMPTS = 5;

/** Drops an unfinished upload and its parts. One that is gone already is a success. */
export async function abortMultipart({ ref, storeUploadId }: UploadRef): Promise<void> {
  for (let attempt = 0; attempt < ABORT_ATTEMPTS; attempt++) {
    try {
      await callStore('app', 'Dropping the unfinished upload', (client) =>
        client.send(new AbortMultipartUploadCommand({ Bucket: ref.bucket, Key: ref.key, UploadId: storeUploadId })),
      );
      await listParts({ ref, storeUploadId });
    } catch (error) {
      if (isNoSuchUpload(error)) return;
      throw error;
    }
  }
  throw new AppError('store_unavailable', 'Parts of the upload still arrive at the store. Try again.', {
    retryAfter: 30,
  });
}

/** Unfinished uploads under a prefix. On MinIO a prefix must be the exact key: never find orphans by it (s3-facts 7.28). */
export async function listMultiparts(input: {
  bucket: string;
  prefix: string;
}): Promise<{ key: string; storeUploadId: string; initiatedAt: Date }[]> {
  const found: { key: string; storeUploadId: string; initiatedAt: Date }[] = [];
  let marker: { KeyMarker: string | undefined; UploadIdMarker: string | undefined } | undefined;
  do {
    const page = await callStore('app', 'Listing unfinished uploads', (client) =>
      client.send(
        new ListMultipartUploadsCommand({ Bucket: input.bucket, Prefix: input.prefix, EncodingType: 'url', ...marker }),
      ),
    );
    const decode = (key: string) => (page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key);
    for (const upload of page.Uploads ?? []) {
      if (!upload.Key || !upload.UploadId || !upload.Initiated)
        throw new Error('The store listed an upload without key, id or time.');
      found.push({ key: decode(upload.Key), storeUploadId: upload.UploadId, initiatedAt: upload.Initiated });
    }
    marker = page.IsTruncated
      ? { KeyMarker: decode(page.NextKeyMarker ?? ''), UploadIdMarker: page.NextUploadIdMarker }
      : undefined;
  } while (marker);
  return found;
}
