import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket, sendSigned } from '#scripts/testing/store.ts';
import { crc64nvme } from './crc64nvme.ts';
import { abortMultipart, completeMultipart, createMultipart, listMultiparts, listParts } from './multipart.ts';
import { headObject, putBytes } from './objects.ts';
import { presignPart } from './presign.ts';
import { isInvalidPart, isNoSuchUpload, isPreconditionFailed } from './store-errors.ts';
import type { ObjectRef, WriteCondition } from './types.ts';
import { listKeyVersions } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

const MIB = 1024 ** 2;
/** Two parts: the least S3 takes, and a short last one. */
const PARTS = [Buffer.alloc(5 * MIB, 'a'), Buffer.from('the end')];
const WHOLE = Buffer.concat(PARTS);
const NEW: WriteCondition = { ifNoneMatch: '*' };

const create = (ref: ObjectRef) =>
  createMultipart({
    ref,
    contentType: 'video/mp4',
    encryption: { kind: 'AES256' },
    metadata: { 'strata-upload': '7' },
  });

async function signPart(ref: ObjectRef, storeUploadId: string, partNumber: number, body: Buffer) {
  const checksum = await crc64nvme(body);
  return presignPart({ ref, storeUploadId, partNumber, size: body.length, crc64nvme: checksum, expiresIn: 60 });
}

async function sendPart(ref: ObjectRef, storeUploadId: string, partNumber: number, body: Buffer) {
  return sendSigned(await signPart(ref, storeUploadId, partNumber, body), new Uint8Array(body));
}

/** An upload with all its parts at the store, not completed. */
async function sent(key: string) {
  const ref = { bucket, key };
  const { storeUploadId } = await create(ref);
  for (const [index, body] of PARTS.entries()) {
    expect(await sendPart(ref, storeUploadId, index + 1, body)).toMatchObject({ status: 200 });
  }
  return { ref, storeUploadId, parts: await listParts({ ref, storeUploadId }), size: WHOLE.length };
}

describe('a multipart upload', () => {
  it('makes one object with the checksum of the whole', async () => {
    const upload = await sent('whole.mp4');
    expect(upload.parts).toEqual([
      { number: 1, size: 5 * MIB, etag: expect.any(String), crc64nvme: await crc64nvme(PARTS[0] as Buffer) },
      { number: 2, size: 7, etag: expect.any(String), crc64nvme: await crc64nvme(PARTS[1] as Buffer) },
    ]);
    const done = await completeMultipart({ ...upload, crc64nvme: await crc64nvme(WHOLE), condition: NEW });
    expect(await headObject(upload.ref)).toMatchObject({
      ...done,
      size: WHOLE.length,
      crc64nvme: await crc64nvme(WHOLE),
      contentType: 'video/mp4',
      encryption: 'AES256',
      metadata: { 'strata-upload': '7' },
      storageClass: 'STANDARD',
    });
    expect(await listKeyVersions(upload.ref)).toMatchObject([{ versionId: done.versionId, etag: done.etag }]);
  });

  it('completed without the checksum of the whole still has it', async () => {
    const upload = await sent('unchecked.mp4');
    await completeMultipart({ ...upload, condition: NEW });
    expect((await headObject(upload.ref))?.crc64nvme).toBe(await crc64nvme(WHOLE));
  });

  it('is refused when the checksum of the whole is wrong', async () => {
    const upload = await sent('wrong-whole.mp4');
    const wrong = completeMultipart({ ...upload, crc64nvme: await crc64nvme('other'), condition: NEW });
    await expect(wrong).rejects.toThrow();
    expect(await listKeyVersions(upload.ref)).toEqual([]);
  });

  it('completed twice says so in a way that can be told, and makes one version', async () => {
    const upload = await sent('twice.mp4');
    await completeMultipart({ ...upload, condition: NEW });
    const again = await completeMultipart({ ...upload, condition: NEW }).then(
      () => 'no error',
      (error: unknown) => error,
    );
    expect(isPreconditionFailed(again) || isNoSuchUpload(again) || isInvalidPart(again)).toBe(true);
    expect(await listKeyVersions(upload.ref)).toHaveLength(1);
  });

  it('keeps its parts when the place is taken, so that it can be completed as a replacement', async () => {
    const upload = await sent('taken.mp4');
    const { etag } = await putBytes(upload.ref, 'somebody was faster', 'text/plain');
    const refused = completeMultipart({ ...upload, condition: NEW });
    await expect(refused).rejects.toSatisfy(isPreconditionFailed);
    expect(await listParts(upload)).toHaveLength(2);
    await completeMultipart({ ...upload, condition: { ifMatch: etag } });
    expect((await listKeyVersions(upload.ref)).map((version) => version.size)).toEqual([WHOLE.length, 19]);
  });

  it('refuses a part with other bytes, other length or no checksum, and then takes the right one', async () => {
    const ref = { bucket, key: 'parts.mp4' };
    const { storeUploadId } = await create(ref);
    const signed = await signPart(ref, storeUploadId, 1, Buffer.from('right'));
    for (const [body, headers] of [
      ['wrong', signed.headers],
      ['right and more', signed.headers],
      ['right', {}],
    ] as const) {
      expect([400, 403]).toContain((await sendSigned({ ...signed, headers }, body)).status);
    }
    expect(await listParts({ ref, storeUploadId })).toEqual([]);
    expect(await sendSigned(signed, 'right')).toMatchObject({ status: 200 });
  });

  it('takes a part again in place of the first', async () => {
    const ref = { bucket, key: 'again.mp4' };
    const { storeUploadId } = await create(ref);
    await sendPart(ref, storeUploadId, 1, Buffer.from('first'));
    await sendPart(ref, storeUploadId, 1, Buffer.from('second'));
    expect(await listParts({ ref, storeUploadId })).toMatchObject([
      { number: 1, size: 6, crc64nvme: await crc64nvme('second') },
    ]);
  });

  it('names a part that is not there', async () => {
    const upload = await sent('missing.mp4');
    const parts = [...upload.parts, { number: 3, size: 1, etag: '0'.repeat(32), crc64nvme: 'AAAAAAAAAAA=' }];
    await expect(completeMultipart({ ...upload, parts, condition: NEW })).rejects.toSatisfy(isInvalidPart);
  });

  it('lists more parts than a page holds', async () => {
    const ref = { bucket, key: 'many.mp4' };
    const { storeUploadId } = await create(ref);
    const numbers = Array.from({ length: 1005 }, (_, index) => index + 1);
    for (let at = 0; at < numbers.length; at += 50) {
      await Promise.all(
        numbers.slice(at, at + 50).map((number) => sendPart(ref, storeUploadId, number, Buffer.from(`${number}`))),
      );
    }
    expect((await listParts({ ref, storeUploadId })).map((part) => part.number)).toEqual(numbers);
  });
});

describe('abortMultipart', () => {
  it('drops the parts, and is a success again', async () => {
    const upload = await sent('aborted.mp4');
    expect(await listMultiparts({ bucket, prefix: 'aborted.mp4' })).toMatchObject([
      { key: 'aborted.mp4', storeUploadId: upload.storeUploadId },
    ]);
    await abortMultipart(upload);
    await abortMultipart(upload);
    await expect(listParts(upload)).rejects.toSatisfy(isNoSuchUpload);
    expect(await listMultiparts({ bucket, prefix: 'aborted.mp4' })).toEqual([]);
    expect(await headObject(upload.ref)).toBeNull();
  });
});
