import { cloudFrontLink } from './cloudfront.ts';
import { conditionHeaders } from './condition.ts';
import { contentDisposition } from './content-disposition.ts';
import { encryptionHeaders } from './encryption.ts';
import { signRequest, type UnsignedRequest } from './sign-request.ts';
import type { ObjectRef, SignedRequest, WantedEncryption, WriteCondition } from './types.ts';

/**
 * A PUT of exactly these bytes, with this type, under this condition, or nothing.
 * @param input.crc64nvme base64 of the whole body; `metadata` names without `x-amz-meta-`; `expiresIn` in seconds
 */
export function presignPut(input: PutInput): Promise<SignedRequest> {
  return signRequest(unsignedPut(input));
}

export type PutInput = {
  ref: ObjectRef;
  size: number;
  contentType: string;
  crc64nvme: string;
  condition: WriteCondition;
  encryption: WantedEncryption;
  metadata: Record<string, string>;
  expiresIn: number;
  now?: Date;
};

/** Apart from signing, so that the probe for smuggled headers tries the very request that browsers get. */
export function unsignedPut(input: PutInput): UnsignedRequest {
  const headers: Record<string, string> = {
    'content-length': String(input.size),
    'content-type': input.contentType,
    'x-amz-checksum-crc64nvme': input.crc64nvme,
    ...conditionHeaders(input.condition),
    ...encryptionHeaders(input.encryption),
  };
  for (const name in input.metadata) headers[`x-amz-meta-${name.toLowerCase()}`] = input.metadata[name] as string;
  return {
    identity: 'upload',
    method: 'PUT',
    ref: input.ref,
    headers,
    query: {},
    expiresIn: input.expiresIn,
    now: input.now ?? new Date(),
  };
}

/** A PUT of one part. No content type is signed: a browser sends none for a Blob without type, and S3 keeps none of a part. */
export function presignPart(input: {
  ref: ObjectRef;
  storeUploadId: string;
  partNumber: number;
  size: number;
  crc64nvme: string;
  expiresIn: number;
  /** Named only where a policy of the store asks for it on parts too: AWS refuses it there (s3-facts 7c). */
  encryption?: WantedEncryption;
  now?: Date;
  endpoint?: 'public' | 'internal';
}): Promise<SignedRequest> {
  return signRequest({
    identity: 'upload',
    method: 'PUT',
    ref: input.ref,
    headers: {
      'content-length': String(input.size),
      'x-amz-checksum-crc64nvme': input.crc64nvme,
      ...(input.encryption ? encryptionHeaders(input.encryption) : {}),
    },
    query: { partNumber: String(input.partNumber), uploadId: input.storeUploadId },
    expiresIn: input.expiresIn,
    now: input.now ?? new Date(),
    ...(input.endpoint ? { endpoint: input.endpoint } : {}),
  });
}

/**
 * A GET of one version under a file name, by CloudFront where it stands before the bucket.
 * @param input.windowSeconds rounds the signing time down, so that the URL stays the same (and cached) within a window;
 *   it then lives for the rest of the window and `expiresIn`.
 * @param input.contentType overrides the stored type in the answer
 */
export function presignGet(input: {
  ref: ObjectRef;
  versionId: string;
  disposition: 'inline' | 'attachment';
  fileName: string;
  contentType?: string;
  expiresIn: number;
  windowSeconds?: number;
  now?: Date;
}): Promise<SignedRequest> {
  const window = (input.windowSeconds ?? 0) * 1000;
  const now = input.now ?? new Date();
  const seconds = window > 0 ? Math.floor(now.getTime() / window) * window : now.getTime();
  const expiresIn = input.expiresIn + window / 1000;
  const query = {
    versionId: input.versionId,
    'response-content-disposition': contentDisposition(input.disposition, input.fileName),
    ...(input.contentType ? { 'response-content-type': input.contentType } : {}),
  };
  const link = cloudFrontLink({
    ref: input.ref,
    // A private answer would not be kept at the edge; who may have it is the signature's to say.
    query: { ...query, 'response-cache-control': 'max-age=31536000, immutable' },
    now: new Date(seconds),
    expiresIn,
  });
  if (link) {
    const expiresAt = new Date(seconds + expiresIn * 1000);
    return Promise.resolve({ method: 'GET', url: link, headers: {}, expiresAt });
  }
  return signRequest({
    identity: 'app',
    method: 'GET',
    ref: input.ref,
    headers: {},
    query: {
      ...query,
      ...(window > 0 ? { 'response-cache-control': `private, max-age=${Math.floor(window / 1000)}, immutable` } : {}),
    },
    expiresIn,
    now: new Date(seconds),
  });
}
