import { PutObjectTaggingCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { copyVersion } from './copy-version.ts';
import { crc64nvme } from './crc64nvme.ts';
import { getObjectTags } from './get-object-tags.ts';
import { completeMultipart, createMultipart, listParts } from './multipart.ts';
import { headObject, putBytes, putDeleteMarker } from './objects.ts';
import { trial } from './probe-support.ts';
import { isPreconditionFailed } from './store-errors.ts';
import type { StoreCapabilities } from './types.ts';
import { listKeyVersions, listVersionsPage } from './versions.ts';

type Objects = Pick<
  StoreCapabilities,
  | 'conditionalPut'
  | 'conditionalCopy'
  | 'crc64nvme'
  | 'multipartCrc64nvme'
  | 'encryptionAes256'
  | 'objectTags'
  | 'stackedMarkers'
  | 'markerBlocksCreate'
  | 'maxSegmentBytes'
  | 'fileHidesFolder'
>;

const BODY = 'strata probe';
const TYPE = 'text/plain';
const PLAIN = { kind: 'none' } as const;

/** Tries what the store does with objects, in a scratch bucket with versioning where the store has it. */
export async function probeObjects(bucket: string): Promise<Objects> {
  return {
    conditionalPut: await trial('A write can ask for an empty place.', () => tryConditionalPut(bucket)),
    conditionalCopy: await trial('A copy can ask what it replaces.', () => tryConditionalCopy(bucket)),
    crc64nvme: await trial('CRC64NVME is checked and kept.', () => tryChecksum(bucket)),
    multipartCrc64nvme: await trial('CRC64NVME of large files is checked and kept.', () => tryMultipart(bucket)),
    encryptionAes256: await trial('Objects are encrypted with keys of the store.', async () => {
      const ref = { bucket, key: 'encrypted' };
      await putBytes(ref, BODY, TYPE, { encryption: { kind: 'AES256' } });
      return (await headObject(ref))?.encryption === 'AES256'
        ? null
        : 'The header was taken and nothing was encrypted.';
    }),
    objectTags: await trial('Objects have tags.', () => tryTags(bucket)),
    stackedMarkers: await trial('A second delete adds a second marker.', () => tryMarkers(bucket)),
    markerBlocksCreate: await markerBlocksCreate(bucket),
    maxSegmentBytes: (await takesLongSegment(bucket)) ? null : 255,
    fileHidesFolder: await fileHidesFolder(bucket),
  };
}

async function tryConditionalPut(bucket: string): Promise<string | null> {
  const ref = { bucket, key: 'conditional-put' };
  await putBytes(ref, BODY, TYPE, { condition: { ifNoneMatch: '*' } });
  return isRefused(
    () => putBytes(ref, BODY, TYPE, { condition: { ifNoneMatch: '*' } }),
    'A write to a taken place succeeded.',
  );
}

async function tryConditionalCopy(bucket: string): Promise<string | null> {
  const source = { bucket, key: 'copy-source' };
  const { versionId } = await putBytes(source, BODY, TYPE);
  const target = { bucket, key: 'copy-target' };
  await putBytes(target, 'other', TYPE);
  const condition = { ifMatch: '00000000000000000000000000000000' };
  return isRefused(
    () => copyVersion({ source: { ...source, versionId }, target, encryption: PLAIN, condition, size: BODY.length }),
    'The store ignores what a copy expects at its destination.',
  );
}

/** Null when the call fails on its condition, the reason when it succeeds. */
async function isRefused(call: () => Promise<unknown>, otherwise: string): Promise<string | null> {
  try {
    await call();
    return otherwise;
  } catch (error) {
    if (isPreconditionFailed(error)) return null;
    throw error;
  }
}

async function tryChecksum(bucket: string): Promise<string | null> {
  const ref = { bucket, key: 'checksum' };
  await putBytes(ref, BODY, TYPE);
  return (await headObject(ref))?.crc64nvme === (await crc64nvme(BODY)) ? null : 'The checksum was not kept.';
}

async function tryMultipart(bucket: string): Promise<string | null> {
  const ref = { bucket, key: 'multipart' };
  const checksum = await crc64nvme(BODY);
  const { storeUploadId } = await createMultipart({ ref, contentType: TYPE, encryption: PLAIN, metadata: {} });
  await callStore('upload', 'Sending a part', (client) =>
    client.send(
      new UploadPartCommand({
        Bucket: bucket,
        Key: ref.key,
        UploadId: storeUploadId,
        PartNumber: 1,
        Body: BODY,
        ChecksumCRC64NVME: checksum,
      }),
    ),
  );
  const parts = await listParts({ ref, storeUploadId });
  const condition = { ifNoneMatch: '*' } as const;
  await completeMultipart({ ref, storeUploadId, parts, size: BODY.length, crc64nvme: checksum, condition });
  return (await headObject(ref))?.crc64nvme === checksum ? null : 'The checksum of the whole was not kept.';
}

async function tryTags(bucket: string): Promise<string | null> {
  const ref = { bucket, key: 'tags' };
  const { versionId } = await putBytes(ref, BODY, TYPE);
  await callStore('app', 'Setting tags', (client) =>
    client.send(
      new PutObjectTaggingCommand({
        Bucket: bucket,
        Key: ref.key,
        VersionId: versionId,
        Tagging: { TagSet: [{ Key: 'probe', Value: 'yes' }] },
      }),
    ),
  );
  return (await getObjectTags({ ...ref, versionId })).length === 1 ? null : 'The tag was taken and not kept.';
}

async function tryMarkers(bucket: string): Promise<string | null> {
  const ref = { bucket, key: 'markers' };
  await putBytes(ref, BODY, TYPE);
  await putDeleteMarker(ref);
  await putDeleteMarker(ref);
  const markers = (await listKeyVersions(ref)).filter((version) => version.isDeleteMarker).length;
  return markers === 2 ? null : `Two deletes left ${markers} marker${markers === 1 ? '' : 's'}.`;
}

/** True where a key under a delete marker is not an empty place. */
async function markerBlocksCreate(bucket: string): Promise<boolean> {
  const ref = { bucket, key: 'create-over-marker' };
  await putBytes(ref, BODY, TYPE);
  await putDeleteMarker(ref);
  try {
    await putBytes(ref, BODY, TYPE, { condition: { ifNoneMatch: '*' } });
    return false;
  } catch (error) {
    if (isPreconditionFailed(error)) return true;
    throw error;
  }
}

/** A folder or file name over 255 bytes, the limit of file systems, which MinIO and VersityGW share. */
async function takesLongSegment(bucket: string): Promise<boolean> {
  const taken = await trial('', async () => {
    await putBytes({ bucket, key: 'a'.repeat(256) }, BODY, TYPE);
    return null;
  });
  return taken.supported;
}

/** True where a file `h` takes the keys under `h/` out of listings. A store that refuses such a file hides nothing. */
async function fileHidesFolder(bucket: string): Promise<boolean> {
  await putBytes({ bucket, key: 'hidden/child' }, BODY, TYPE);
  const taken = await trial('', async () => {
    await putBytes({ bucket, key: 'hidden' }, BODY, TYPE);
    return null;
  });
  if (!taken.supported) return false;
  const { versions } = await listVersionsPage({ bucket, prefix: 'hidden/' });
  return versions.length === 0;
}
