import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket, sendSigned } from '#scripts/testing/store.ts';
import { crc64nvme } from './crc64nvme.ts';
import { headObject, putBytes, putDeleteMarker } from './objects.ts';
import { presignGet, presignPut } from './presign.ts';
import type { WriteCondition } from './types.ts';
import { listKeyVersions } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

const NEW: WriteCondition = { ifNoneMatch: '*' };

async function put(key: string, body: string, condition: WriteCondition = NEW) {
  return presignPut({
    ref: { bucket, key },
    size: Buffer.byteLength(body),
    contentType: 'text/plain',
    crc64nvme: await crc64nvme(body),
    condition,
    encryption: { kind: 'AES256' },
    metadata: { 'strata-upload': '42', mtime: '1700000000000' },
    expiresIn: 60,
  });
}

describe('a presigned PUT', () => {
  it('stores the object as it was bound', async () => {
    const signed = await put('bound.txt', 'hello');
    expect(await sendSigned(signed, 'hello')).toMatchObject({ status: 200 });
    expect(await headObject({ bucket, key: 'bound.txt' })).toMatchObject({
      size: 5,
      crc64nvme: await crc64nvme('hello'),
      contentType: 'text/plain',
      contentEncoding: null,
      // fetch adds it to a request with a condition, browsers included, and stores keep it.
      cacheControl: 'no-cache',
      websiteRedirect: null,
      storageClass: 'STANDARD',
      encryption: 'AES256',
      metadata: { 'strata-upload': '42', mtime: '1700000000000' },
      tagCount: 0,
    });
  });

  it('stores zero bytes', async () => {
    expect(await sendSigned(await put('empty.txt', ''), '')).toMatchObject({ status: 200 });
    expect(await headObject({ bucket, key: 'empty.txt' })).toMatchObject({ size: 0, crc64nvme: 'AAAAAAAAAAA=' });
  });

  it.each([
    ['a longer body', 'hello!', {}],
    ['a shorter body', 'hell', {}],
    ['another body of the same length', 'HELLO', {}],
    ['another type', 'hello', { 'content-type': 'text/html' }],
    ['another checksum', 'hello', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' }],
    ['another condition', 'hello', { 'if-none-match': 'x' }],
    ['another upload id', 'hello', { 'x-amz-meta-strata-upload': '43' }],
    ['metadata that was not signed', 'hello', { 'x-amz-meta-more': '1' }],
    ['no encryption', 'hello', { 'x-amz-server-side-encryption': '' }],
  ])('refuses %s, and then still takes the right one', async (what, body, added) => {
    const key = `refused/${what}`;
    const signed = await put(key, 'hello');
    const refused = await sendSigned(signed, body, added as Record<string, string>);
    expect([400, 403]).toContain(refused.status);
    expect(await listKeyVersions({ bucket, key })).toEqual([]);
    expect(await sendSigned(signed, 'hello')).toMatchObject({ status: 200 });
  });

  it('refuses to leave the condition out', async () => {
    const signed = await put('unconditional.txt', 'hello');
    const { 'if-none-match': _, ...headers } = signed.headers;
    const refused = await sendSigned({ ...signed, headers }, 'hello');
    expect([400, 403]).toContain(refused.status);
  });

  it('answers 412 when the place is taken, and leaves what is there', async () => {
    const { versionId } = await putBytes({ bucket, key: 'taken.txt' }, 'first', 'text/plain');
    const signed = await put('taken.txt', 'second');
    expect(await sendSigned(signed, 'second')).toMatchObject({ status: 412 });
    expect((await listKeyVersions({ bucket, key: 'taken.txt' })).map((version) => version.versionId)).toEqual([
      versionId,
    ]);
  });

  it('works once: the same URL sent again answers 412', async () => {
    const signed = await put('once.txt', 'hello');
    expect(await sendSigned(signed, 'hello')).toMatchObject({ status: 200 });
    expect(await sendSigned(signed, 'hello')).toMatchObject({ status: 412 });
  });

  it('lets one of twelve at the same time win', async () => {
    const signed = await Promise.all(Array.from({ length: 12 }, () => put('race.txt', 'hello')));
    const statuses = (await Promise.all(signed.map((one) => sendSigned(one, 'hello')))).map((one) => one.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status !== 200).every((status) => status === 412 || status === 409)).toBe(true);
    expect(await listKeyVersions({ bucket, key: 'race.txt' })).toHaveLength(1);
  });

  it('replaces the version that was seen, and no other', async () => {
    const ref = { bucket, key: 'replace.txt' };
    const { etag } = await putBytes(ref, 'one', 'text/plain');
    const right = await put(ref.key, 'two', { ifMatch: etag });
    expect(await sendSigned(right, 'two')).toMatchObject({ status: 200 });
    const stale = await put(ref.key, 'three', { ifMatch: etag });
    expect(await sendSigned(stale, 'three')).toMatchObject({ status: 412 });
    expect((await listKeyVersions(ref)).map((version) => version.size)).toEqual([3, 3]);
  });

  it('replaces an encrypted empty object by the ETag that HEAD gives', async () => {
    const ref = { bucket, key: 'replace-empty.txt' };
    await putBytes(ref, '', 'text/plain', { encryption: { kind: 'AES256' } });
    const head = await headObject(ref);
    const signed = await put(ref.key, 'full', { ifMatch: head?.etag ?? '' });
    expect(await sendSigned(signed, 'full')).toMatchObject({ status: 200 });
  });

  it('counts a deleted key as an empty place', async () => {
    const ref = { bucket, key: 'deleted.txt' };
    await putBytes(ref, 'one', 'text/plain');
    await putDeleteMarker(ref);
    expect(await sendSigned(await put(ref.key, 'two'), 'two')).toMatchObject({ status: 200 });
    expect((await listKeyVersions(ref)).map((version) => version.isDeleteMarker)).toEqual([false, true, false]);
  });
});

describe('a presigned GET', () => {
  it('gives the version that was asked for, under its name', async () => {
    const ref = { bucket, key: 'get/ö "x".txt' };
    const { versionId } = await putBytes(ref, 'old', 'text/plain');
    await putBytes(ref, 'new', 'text/plain');
    const signed = await presignGet({
      ref,
      versionId,
      disposition: 'attachment',
      fileName: 'ö "x".txt',
      contentType: 'application/octet-stream',
      expiresIn: 60,
    });
    const answer = await sendSigned(signed);
    expect(answer.text).toBe('old');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%B6%20%22x%22.txt");
  });

  it('ends when it expires', async () => {
    const ref = { bucket, key: 'expired.txt' };
    const { versionId } = await putBytes(ref, 'x', 'text/plain');
    const past = new Date(Date.now() - 120_000);
    const signed = await presignGet({ ref, versionId, disposition: 'inline', fileName: 'x', expiresIn: 60, now: past });
    expect(await sendSigned(signed)).toMatchObject({ status: 403 });
  });
});
