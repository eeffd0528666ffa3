import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { storeClient } from './client.ts';
import { copyVersion } from './copy-version.ts';
import { crc64nvme } from './crc64nvme.ts';
import { getObjectTags } from './get-object-tags.ts';
import { listMultiparts } from './multipart.ts';
import { headObject, putBytes, putDeleteMarker } from './objects.ts';
import { readBytes } from './read-object.ts';
import { isPreconditionFailed } from './store-errors.ts';
import { listKeyVersions } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

const MIB = 1024 ** 2;
const AES = { kind: 'AES256' } as const;
const BIG = Buffer.alloc(11 * MIB, 'strata ');

/** What other tools may have set on an object, and a copy must not lose. */
async function putRich(
  key: string,
  body: Buffer | string,
): Promise<{ bucket: string; key: string; versionId: string }> {
  const done = await storeClient().send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: 'image/jpeg',
      ContentEncoding: 'identity',
      ContentDisposition: 'inline; filename="a.jpg"',
      ContentLanguage: 'de',
      CacheControl: 'max-age=60',
      Metadata: { camera: 'X100', 'strata-upload': '9' },
      Tagging: 'project=a%20b%2Bc&empty=',
      ChecksumAlgorithm: 'CRC64NVME',
    }),
  );
  return { bucket, key, versionId: done.VersionId ?? '' };
}

const KEPT = {
  contentType: 'image/jpeg',
  contentEncoding: 'identity',
  contentDisposition: 'inline; filename="a.jpg"',
  cacheControl: 'max-age=60',
  metadata: { camera: 'X100', 'strata-upload': '9' },
  tagCount: 2,
  storageClass: 'STANDARD',
  encryption: 'AES256',
};
const TAGS = [
  { key: 'empty', value: '' },
  { key: 'project', value: 'a b+c' },
];
const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);

describe.each([
  ['in one request', 'small', {}],
  ['by parts', BIG, { singleCopyLimit: 5 * MIB, partSize: 5 * MIB }],
])('copyVersion %s', (how, body, limits) => {
  it('brings an old version back on its own key with metadata, content headers and tags', async () => {
    const ref = { bucket, key: `back/${how}` };
    const source = await putRich(ref.key, body);
    await putBytes(ref, 'newer', 'text/plain');
    await putDeleteMarker(ref);
    const copy = await copyVersion({ source, target: ref, encryption: AES, ...limits });
    const head = await headObject(ref);
    expect(head).toMatchObject({ ...KEPT, ...copy, size: Buffer.byteLength(body) });
    expect((await getObjectTags({ ...ref, versionId: copy.versionId })).sort(byKey)).toEqual(TAGS);
    expect((await listKeyVersions(ref)).map((version) => version.isDeleteMarker)).toEqual([false, true, false, false]);
  });

  it('goes into another class that the store takes, with all that belongs to it, and fails on one that it refuses', async () => {
    const source = await putRich(`class/${how}`, body);
    const ref = { bucket, key: source.key };
    const copy = await copyVersion({
      source,
      target: ref,
      encryption: AES,
      storageClass: 'REDUCED_REDUNDANCY',
      ...limits,
    });
    const kept = { ...KEPT, ...copy, storageClass: 'REDUCED_REDUNDANCY', size: Buffer.byteLength(body) };
    expect(await headObject(ref)).toMatchObject(kept);
    expect((await listKeyVersions(ref)).map(({ storageClass }) => storageClass)).toEqual([
      'REDUCED_REDUNDANCY',
      'STANDARD',
    ]);
    await expect(
      copyVersion({ source, target: ref, encryption: AES, storageClass: 'GLACIER', ...limits }),
    ).rejects.toThrow();
    expect(await listKeyVersions(ref)).toHaveLength(2);
  });

  it('copies to another key, and keeps the bytes', async () => {
    const source = await putRich(`from/${how} +ä`, body);
    const target = { bucket, key: `to/${how} %é` };
    const copy = await copyVersion({ source, target, encryption: AES, ...limits });
    const bytes = await readBytes({ ...target, versionId: copy.versionId }, { maxBytes: BIG.length });
    expect(bytes.equals(Buffer.from(body))).toBe(true);
    expect(await headObject(target)).toMatchObject({ ...KEPT, ...copy });
    expect(await headObject(source)).toMatchObject({ versionId: source.versionId });
  });

  it('says when the version is gone', async () => {
    const source = { ...(await putRich(`gone/${how}`, 'x')), versionId: crypto.randomUUID() };
    const copy = copyVersion({ source, target: source, encryption: AES, ...limits });
    await expect(copy).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('copyVersion', () => {
  it('keeps CRC64NVME in one request', async () => {
    const source = await putRich('crc', 'small');
    await copyVersion({ source, target: { bucket, key: 'crc-copy' }, encryption: AES });
    expect((await headObject({ bucket, key: 'crc-copy' }))?.crc64nvme).toBe(await crc64nvme('small'));
  });

  it('by parts holds to a condition, and leaves no upload behind', async () => {
    const source = await putRich('condition/source', BIG);
    const target = { bucket, key: 'condition/target' };
    await putBytes(target, 'taken', 'text/plain');
    const copy = copyVersion({
      source,
      target,
      encryption: AES,
      condition: { ifNoneMatch: '*' },
      singleCopyLimit: 5 * MIB,
      partSize: 5 * MIB,
    });
    await expect(copy).rejects.toSatisfy(isPreconditionFailed);
    expect(await listMultiparts({ bucket, prefix: target.key })).toEqual([]);
    expect(await listKeyVersions(target)).toHaveLength(1);
  });
});
