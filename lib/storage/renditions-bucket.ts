import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { env } from '#lib/env.ts';
import { copySource } from './address.ts';
import { bucketExists, createBucket, putDefaultEncryption } from './buckets.ts';
import { callStore, wantedEncryption } from './client.ts';
import { cloudFrontLink } from './cloudfront.ts';
import { copyObject } from './copy-object.ts';
import { crc64nvme } from './crc64nvme.ts';
import { encryptionHeaders, encryptionParams } from './encryption.ts';
import { putBytes } from './objects.ts';
import { sendOwnRequest } from './send-own-request.ts';
import { signRequest } from './sign-request.ts';

const pictureType = 'image/webp';

/** A rendition never changes under its key, so every cache may keep it for ever (s3-facts 8.8). */
const IMMUTABLE = 'private, max-age=31536000, immutable';

/** Seconds in which a rendition has the same link, so that the browser's cache answers in place of the store (s3-facts 8.7). */
const LINK_WINDOW = 6 * 3600;
/** Seconds that a link lives at least. */
const LINK_LIFE = 3600;

export const renditionsBucket = (): string => env().S3_RENDITIONS_BUCKET;

/**
 * Makes the bucket of thumbnails and previews when it is not there: no versioning, since everything in it can be made again, and never
 * public. One that is there is used as it is.
 * @throws AppError store_unavailable when the app may not look for it or make it
 */
export async function ensureRenditionsBucket(): Promise<{ bucket: string; created: boolean }> {
  const bucket = renditionsBucket();
  if (await bucketExists(bucket)) return { bucket, created: false };
  const { created } = await createBucket(bucket);
  await putDefaultEncryption(bucket, wantedEncryption());
  return { bucket, created };
}

export async function putRendition(key: string, bytes: Uint8Array): Promise<void> {
  const ref = { bucket: renditionsBucket(), key };
  const encryption = wantedEncryption();
  const answer = await sendOwnRequest({
    call: 'PutObject',
    method: 'PUT',
    ref,
    headers: {
      'content-type': pictureType,
      'content-length': String(bytes.byteLength),
      'cache-control': IMMUTABLE,
      'x-amz-checksum-crc64nvme': await crc64nvme(bytes),
      ...encryptionHeaders(encryption),
    },
    body: bytes,
  });
  // Anything but a plain success is the SDK's, which repeats and tells faults apart.
  if (answer?.status !== 200) await putBytes(ref, bytes, pictureType, { encryption, cacheControl: IMMUTABLE });
}

/**
 * A picture of the same bytes under another key, copied by the store.
 * @throws AppError not_found when it is gone
 */
export async function copyRendition(from: string, to: string): Promise<void> {
  const bucket = renditionsBucket();
  await copyObject({
    Bucket: bucket,
    Key: to,
    CopySource: copySource({ bucket, key: from }),
    MetadataDirective: 'COPY',
    ...encryptionParams(wantedEncryption()),
  });
}

/** Removes it; one that is not there is no error. */
export async function removeRendition(key: string): Promise<void> {
  await callStore('app', 'Removing a thumbnail', (client) =>
    client.send(new DeleteObjectCommand({ Bucket: renditionsBucket(), Key: key })),
  );
}

/** A link to a rendition, by CloudFront where it stands before the bucket; the same for six hours. 20 us each (performance.md 0.3), so a listing signs hundreds. */
export async function presignRendition(key: string, now = new Date()): Promise<string> {
  const window = LINK_WINDOW * 1000;
  const wanted = {
    ref: { bucket: renditionsBucket(), key },
    query: {},
    expiresIn: LINK_WINDOW + LINK_LIFE,
    now: new Date(Math.floor(now.getTime() / window) * window),
  };
  const link = cloudFrontLink(wanted);
  if (link) return link;
  return (await signRequest({ identity: 'app', method: 'GET', headers: {}, ...wanted })).url;
}
