import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { env } from '#lib/env.ts';
import { encodeS3, publicBucketUrl, publicObjectPath } from './address.ts';
import { storeClient } from './client.ts';
import { conditionHeaders } from './condition.ts';
import { contentDisposition } from './content-disposition.ts';
import { encryptionHeaders } from './encryption.ts';
import { toStoreError } from './store-errors.ts';
import type { ObjectRef, SignedRequest, StoreIdentity, WantedEncryption, WriteCondition } from './types.ts';

/** Headers that are signed and that a browser sets by itself; a script may not set them. */
const BROWSER_SETS = ['host', 'content-length'];

const presigners = new Map<StoreIdentity, S3RequestPresigner>();

/** One per identity: it keeps the day's signing key. 16-29 us a URL against 190-270 by getSignedUrl (performance.md 0.3). */
function presigner(identity: StoreIdentity): S3RequestPresigner {
  let found = presigners.get(identity);
  if (!found) {
    found = new S3RequestPresigner({
      credentials: storeClient(identity).config.credentials,
      region: env().S3_REGION,
      sha256: Hash.bind(null, 'sha256'),
    });
    presigners.set(identity, found);
  }
  return found;
}

type Unsigned = {
  identity: StoreIdentity;
  method: 'PUT' | 'GET';
  ref: ObjectRef;
  headers: Record<string, string>;
  query: Record<string, string>;
  expiresIn: number;
  now: Date;
};

async function sign({ identity, method, ref, headers, query, expiresIn, now }: Unsigned): Promise<SignedRequest> {
  for (const [name, value] of Object.entries(headers)) {
    // What a browser cannot send unchanged, or the signature would fold, must not be signed.
    if (!/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(value))
      throw new Error(`Header ${name} cannot be signed: ${JSON.stringify(value)}`);
  }
  const { protocol, hostname, port, host } = publicBucketUrl(ref.bucket);
  const request = new HttpRequest({
    method,
    protocol,
    hostname,
    ...(port ? { port: Number(port) } : {}),
    path: publicObjectPath(ref),
    query,
    // A copy: the presigner adds to it.
    headers: { ...headers, host },
  });
  const signed = await presigner(identity)
    .presign(request, {
      expiresIn,
      signingDate: now,
      signableHeaders: new Set(['content-type']),
      // A header in the query binds nothing (s3-facts 1.2, 1.4), so none moves there.
      unhoistableHeaders: new Set(Object.keys(headers)),
    })
    .catch((cause) => {
      throw toStoreError(cause, 'Signing the request');
    });
  const search = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encodeS3(name)}=${encodeS3(String(value))}`,
  );
  return {
    method,
    url: `${protocol}//${host}${signed.path}?${search.join('&')}`,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !BROWSER_SETS.includes(name))),
    expiresAt: new Date(now.getTime() + expiresIn * 1000),
  };
}

/**
 * A PUT of exactly these bytes, with this type, under this condition, or nothing.
 * @param input.crc64nvme base64 of the whole body; `metadata` names without `x-amz-meta-`; `expiresIn` in seconds
 */
export function presignPut(input: {
  ref: ObjectRef;
  size: number;
  contentType: string;
  crc64nvme: string;
  condition: WriteCondition;
  encryption: WantedEncryption;
  metadata: Record<string, string>;
  expiresIn: number;
  now?: Date;
}): Promise<SignedRequest> {
  const metadata = Object.entries(input.metadata).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value]);
  return sign({
    identity: 'upload',
    method: 'PUT',
    ref: input.ref,
    headers: {
      'content-length': String(input.size),
      'content-type': input.contentType,
      'x-amz-checksum-crc64nvme': input.crc64nvme,
      ...conditionHeaders(input.condition),
      ...encryptionHeaders(input.encryption),
      ...Object.fromEntries(metadata),
    },
    query: { 'x-id': 'PutObject' },
    expiresIn: input.expiresIn,
    now: input.now ?? new Date(),
  });
}

/** A PUT of one part. No content type is signed: a browser sends none for a Blob without type, and S3 keeps none of a part. */
export function presignPart(input: {
  ref: ObjectRef;
  storeUploadId: string;
  partNumber: number;
  size: number;
  crc64nvme: string;
  expiresIn: number;
  now?: Date;
}): Promise<SignedRequest> {
  return sign({
    identity: 'upload',
    method: 'PUT',
    ref: input.ref,
    headers: { 'content-length': String(input.size), 'x-amz-checksum-crc64nvme': input.crc64nvme },
    query: { partNumber: String(input.partNumber), uploadId: input.storeUploadId, 'x-id': 'UploadPart' },
    expiresIn: input.expiresIn,
    now: input.now ?? new Date(),
  });
}

/**
 * A GET of one version under a file name.
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
  return sign({
    identity: 'app',
    method: 'GET',
    ref: input.ref,
    headers: {},
    query: {
      versionId: input.versionId,
      'response-content-disposition': contentDisposition(input.disposition, input.fileName),
      ...(input.contentType ? { 'response-content-type': input.contentType } : {}),
      ...(window > 0 ? { 'response-cache-control': `private, max-age=${Math.floor(window / 1000)}, immutable` } : {}),
      'x-id': 'GetObject',
    },
    expiresIn: input.expiresIn + window / 1000,
    now: new Date(seconds),
  });
}
