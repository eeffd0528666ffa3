import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket, sendSigned } from '#scripts/testing/store.ts';
import { copySource } from './address.ts';
import { isSeparateIdentity, storeClient } from './client.ts';
import { crc64nvme } from './crc64nvme.ts';
import { abortMultipart, createMultipart } from './multipart.ts';
import { putBytes, putDeleteMarker } from './objects.ts';
import { presignPart, presignPut } from './presign.ts';
import { probeHeaderSmuggling } from './smuggling-probe.ts';
import { listKeyVersions, listVersionsPage, removeVersion } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

const forbidden = { $metadata: { httpStatusCode: 403 } };

describe('the three identities', () => {
  it('are three', () => {
    expect(isSeparateIdentity('upload')).toBe(true);
    expect(isSeparateIdentity('purge')).toBe(true);
  });

  it('let app make markers, and destroy nothing', async () => {
    const ref = { bucket, key: 'app.txt' };
    const { versionId } = await putBytes(ref, 'x', 'text/plain');
    const { versionId: marker } = await putDeleteMarker(ref);
    for (const id of [versionId, marker ?? '']) {
      const destroy = storeClient('app').send(new DeleteObjectCommand({ Bucket: bucket, Key: ref.key, VersionId: id }));
      await expect(destroy).rejects.toMatchObject(forbidden);
    }
    expect(await listKeyVersions(ref)).toHaveLength(2);
    await removeVersion({ ...ref, versionId });
    expect(await listKeyVersions(ref)).toHaveLength(1);
  });

  it('let upload read, list and delete nothing', async () => {
    const ref = { Bucket: bucket, Key: 'secret.txt' };
    await putBytes({ bucket, key: ref.Key }, 'x', 'text/plain');
    await expect(storeClient('upload').send(new GetObjectCommand(ref))).rejects.toMatchObject(forbidden);
    await expect(storeClient('upload').send(new DeleteObjectCommand(ref))).rejects.toMatchObject(forbidden);
  });

  it('let purge neither read nor write', async () => {
    const ref = { Bucket: bucket, Key: 'purge.txt' };
    await putBytes({ bucket, key: ref.Key }, 'x', 'text/plain');
    await expect(storeClient('purge').send(new GetObjectCommand(ref))).rejects.toMatchObject(forbidden);
    await expect(storeClient('purge').send(new PutObjectCommand({ ...ref, Body: 'y' }))).rejects.toMatchObject(
      forbidden,
    );
  });
});

describe('headers smuggled beside a presigned request', () => {
  it('are found out by the probe when app signs, and refused when upload does; the probe leaves nothing', async () => {
    expect(await probeHeaderSmuggling(bucket, 'app')).toMatchObject({ verdict: 'unsafe' });
    expect(await probeHeaderSmuggling(bucket)).toMatchObject({ verdict: 'safe' });
    expect((await listVersionsPage({ bucket, prefix: '.strata-probe/' })).versions).toEqual([]);
  });

  it('copy nothing into a PUT or a part', async () => {
    const secret = { bucket, key: 'smuggle/secret.txt' };
    const { versionId } = await putBytes(secret, 'secret', 'text/plain');
    const source = { 'x-amz-copy-source': copySource({ ...secret, versionId }) };
    const ref = { bucket, key: 'smuggle/target.txt' };
    const body = { ref, size: 5, crc64nvme: await crc64nvme('hello'), expiresIn: 60 };

    const put = await presignPut({
      ...body,
      contentType: 'a/b',
      condition: { ifNoneMatch: '*' },
      encryption: { kind: 'AES256' },
      metadata: {},
    });
    expect(await sendSigned(put, 'hello', source)).toMatchObject({ status: 403 });

    const upload = await createMultipart({ ref, contentType: 'a/b', encryption: { kind: 'AES256' }, metadata: {} });
    const part = await presignPart({ ...body, ...upload, partNumber: 1 });
    expect([400, 403]).toContain((await sendSigned(part, 'hello', source)).status);
    expect(await listKeyVersions(ref)).toEqual([]);
    await abortMultipart({ ref, ...upload });
  });

  it('do not turn upload into a reader by a part copy of its own', async () => {
    const upload = await createMultipart({
      ref: { bucket, key: 'own.txt' },
      contentType: 'a/b',
      encryption: { kind: 'none' },
      metadata: {},
    });
    const part = new UploadPartCommand({
      Bucket: bucket,
      Key: 'own.txt',
      UploadId: upload.storeUploadId,
      PartNumber: 1,
      Body: 'x',
    });
    // Without its checksum a part is refused, so the algorithm of the upload cannot be left out either.
    await expect(storeClient('upload').send(part)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    await abortMultipart({ ref: { bucket, key: 'own.txt' }, ...upload });
  });
});
