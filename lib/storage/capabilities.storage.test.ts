import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { getCors, putCors } from './bucket-cors.ts';
import {
  bucketExists,
  checkStore,
  createBucket,
  deleteBucket,
  enableVersioning,
  getDefaultEncryption,
  getVersioning,
  putDefaultEncryption,
} from './buckets.ts';
import { probeCapabilities } from './capabilities.ts';
import { SCRATCH_BUCKET_PREFIX } from './identity-policies.ts';
import { headObject, putBytes } from './objects.ts';
import { listVersionsPage } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

describe('probeCapabilities on MinIO', () => {
  it('finds what it has and lacks, touches no other bucket and cleans up', async () => {
    await putBytes({ bucket, key: 'mine.txt' }, 'x', 'text/plain');
    const found = await probeCapabilities(bucket);
    const supported = Object.fromEntries(
      Object.entries(found).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && 'supported' in value ? [[name, value.supported]] : [],
      ),
    );
    expect(supported).toEqual({
      versioning: true,
      conditionalPut: true,
      conditionalCopy: false,
      crc64nvme: true,
      multipartCrc64nvme: true,
      encryptionAes256: true,
      bucketCors: false,
      publicAccessBlock: false,
      objectOwnership: false,
      bucketPolicy: true,
      lifecycle: true,
      objectTags: true,
      stackedMarkers: false,
    });
    expect(found).toMatchObject({
      product: 'minio',
      maxSegmentBytes: 255,
      fileHidesFolder: true,
      headerSmuggling: { verdict: 'safe' },
      probed: true,
      leftBehind: null,
    });
    expect(found.bucketCors.detail).toContain('NotImplemented');
    const classes = Object.entries(found.storageClasses ?? {}).filter(([, { supported }]) => supported);
    expect(classes.map(([name]) => name)).toEqual(['STANDARD', 'REDUCED_REDUNDANCY']);
    // Not even the names of its tiers, which its lifecycle takes.
    expect(found.storageClasses?.GLACIER?.detail).toContain('InvalidStorageClass');
    expect((await listVersionsPage({ bucket, prefix: '' })).versions).toHaveLength(1);
  });
});

describe('bucket settings', () => {
  it('go from nothing to a bucket with versions and encryption, and creating it again changes nothing', async () => {
    const name = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
    expect(await bucketExists(name)).toBe(false);
    expect(await createBucket(name)).toEqual({ created: true });
    expect(await createBucket(name)).toEqual({ created: false });
    expect(await bucketExists(name)).toBe(true);
    expect(await getVersioning(name)).toBe('off');
    await enableVersioning(name);
    expect(await getVersioning(name)).toBe('enabled');
    expect(await getDefaultEncryption(name)).toEqual({ kind: 'none' });
    await putDefaultEncryption(name, { kind: 'AES256' });
    expect(await getDefaultEncryption(name)).toEqual({ kind: 'AES256' });
    await checkStore(name);
    await deleteBucket(name);
    expect(await bucketExists(name)).toBe(false);
    await expect(checkStore(name)).rejects.toThrow();
  });

  it('encrypt by default what states nothing', async () => {
    await putDefaultEncryption(bucket, { kind: 'AES256' });
    await putBytes({ bucket, key: 'default.txt' }, 'x', 'text/plain');
    expect((await headObject({ bucket, key: 'default.txt' }))?.encryption).toBe('AES256');
  });

  it('say of CORS that MinIO has none', async () => {
    expect(await getCors(bucket)).toEqual([]);
    await expect(putCors(bucket, 'http://localhost:3000')).rejects.toMatchObject({ code: 'not_supported_by_store' });
  });
});
