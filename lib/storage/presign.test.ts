import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { presignGet, presignPart, presignPut } from './presign.ts';
import { signRequest } from './sign-request.ts';
import type { SignedRequest, WantedEncryption, WriteCondition } from './types.ts';

const ref = { bucket: 'media', key: 'photos/2026/a b+c%d#e?.jpg' };
const now = new Date('2026-11-23T10:17:42Z');
const crc = 'rosUhgp5mIg=';

const put = (over: { condition?: WriteCondition; encryption?: WantedEncryption; key?: string } = {}) =>
  presignPut({
    ref: { ...ref, key: over.key ?? ref.key },
    size: 12,
    contentType: 'image/jpeg',
    crc64nvme: crc,
    condition: over.condition ?? { ifNoneMatch: '*' },
    encryption: over.encryption ?? { kind: 'AES256' },
    metadata: { 'strata-upload': '42', mtime: '1700000000000' },
    expiresIn: 600,
    now,
  });
const part = () =>
  presignPart({ ref, storeUploadId: 'u/1+2', partNumber: 3, size: 5, crc64nvme: crc, expiresIn: 600, now });
const get = (over: Partial<Parameters<typeof presignGet>[0]> = {}) =>
  presignGet({ ref, versionId: 'v 1', disposition: 'attachment', fileName: 'a.jpg', expiresIn: 60, now, ...over });

const query = (signed: SignedRequest) => new URL(signed.url).searchParams;
const signedHeaders = (signed: SignedRequest) => query(signed).get('X-Amz-SignedHeaders')?.split(';');

describe('presigned requests', () => {
  it('bind exactly these headers in a PUT to an empty place', async () => {
    expect(signedHeaders(await put())).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-crc64nvme',
      'x-amz-meta-mtime',
      'x-amz-meta-strata-upload',
      'x-amz-server-side-encryption',
    ]);
  });

  it('bind exactly these headers in a replacement under a KMS key', async () => {
    const signed = await put({
      condition: { ifMatch: 'abc' },
      encryption: { kind: 'aws:kms', keyId: 'arn:aws:kms:eu:1:key/2' },
    });
    expect(signedHeaders(signed)).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-match',
      'x-amz-checksum-crc64nvme',
      'x-amz-meta-mtime',
      'x-amz-meta-strata-upload',
      'x-amz-server-side-encryption',
      'x-amz-server-side-encryption-aws-kms-key-id',
    ]);
    expect(signed.headers['if-match']).toBe('"abc"');
  });

  it('bind length and checksum in a part', async () => {
    const signed = await part();
    expect(signedHeaders(signed)).toEqual(['content-length', 'host', 'x-amz-checksum-crc64nvme']);
    expect(signed.headers).toEqual({ 'x-amz-checksum-crc64nvme': crc });
    expect(query(signed).get('uploadId')).toBe('u/1+2');
    expect(query(signed).get('partNumber')).toBe('3');
  });

  it('bind the host alone in a GET', async () => {
    const signed = await get();
    expect(signedHeaders(signed)).toEqual(['host']);
    expect(signed.headers).toEqual({});
    expect(query(signed).get('versionId')).toBe('v 1');
  });

  it('never carry a checksum, metadata or encryption in the query', async () => {
    for (const signed of [await put(), await part(), await get()]) {
      const names = [...query(signed).keys()].map((name) => name.toLowerCase());
      expect(signed.url.toLowerCase()).not.toContain('x-amz-checksum-crc32');
      expect(
        names.filter((name) => /checksum|meta|encryption|sdk/.test(name) && name !== 'x-amz-signedheaders'),
      ).toEqual([]);
    }
  });

  it('tell the browser all it has to set, and nothing that it sets itself', async () => {
    expect((await put()).headers).toEqual({
      'content-type': 'image/jpeg',
      'x-amz-checksum-crc64nvme': crc,
      'if-none-match': '*',
      'x-amz-server-side-encryption': 'AES256',
      'x-amz-meta-strata-upload': '42',
      'x-amz-meta-mtime': '1700000000000',
    });
  });

  it('go to the public address, signed by the right identity, until the time that is said', async () => {
    const signed = await put();
    expect(new URL(signed.url).host).toBe('store.test:9000');
    expect(query(signed).get('X-Amz-Credential')).toMatch(/^upload-key\//);
    expect(query(await part()).get('X-Amz-Credential')).toMatch(/^upload-key\//);
    expect(query(await get()).get('X-Amz-Credential')).toMatch(/^app-key\//);
    expect(signed.expiresAt).toEqual(new Date('2026-11-23T10:27:42Z'));
    expect(query(signed).get('X-Amz-Expires')).toBe('600');
  });

  it('keep odd keys exactly', async () => {
    for (const key of [ref.key, 'ä/😀.png', 'new\nline', "a'b(c)*!", 'ends/', '~x', 'שלום.jpg']) {
      expect(decodeURIComponent(new URL((await put({ key })).url).pathname)).toBe(`/media/${key}`);
    }
  });

  it('refuse a key that URL parsers would fold', async () => {
    await expect(put({ key: 'a/../b' })).rejects.toThrow(AppError);
    await expect(put({ key: 'a/./b' })).rejects.toMatchObject({ code: 'irregular_key' });
  });

  it('refuse a value that would not arrive as it was signed', async () => {
    const bad = (contentType: string) =>
      presignPut({
        ref,
        size: 1,
        contentType,
        crc64nvme: crc,
        condition: { ifNoneMatch: '*' },
        encryption: { kind: 'none' },
        metadata: {},
        expiresIn: 60,
      });
    await expect(bad('text/plain\r\nx-evil: 1')).rejects.toThrow(/cannot be signed/);
    await expect(bad('text/é')).rejects.toThrow(/cannot be signed/);
    await expect(bad('text/plain;  charset=x')).rejects.toThrow(/cannot be signed/);
    await expect(bad('')).rejects.toThrow(/cannot be signed/);
  });

  it('refuse a header that the CORS rule does not know', async () => {
    const unsigned = { identity: 'upload', method: 'PUT', ref, query: {}, expiresIn: 60, now } as const;
    await expect(signRequest({ ...unsigned, headers: { 'x-amz-acl': 'private' } })).rejects.toThrow(/not in the list/);
  });

  it('never bind a copy source, also when a request of our own has', async () => {
    const unsigned = { identity: 'app', method: 'PUT', ref, query: {}, expiresIn: 60, now } as const;
    const headers = { 'x-amz-copy-source': 'media/secret.jpg?versionId=1' };
    await expect(signRequest({ ...unsigned, headers, endpoint: 'internal' })).resolves.toMatchObject({ headers });
    await expect(signRequest({ ...unsigned, headers })).rejects.toThrow(/not in the list/);
  });

  it('are the same URL within a window, and outlive it', async () => {
    const at = (time: string) => get({ windowSeconds: 1800, expiresIn: 300, now: new Date(time) });
    const [first, second, next] = [
      await at('2026-11-23T10:00:01Z'),
      await at('2026-11-23T10:29:59Z'),
      await at('2026-11-23T10:30:00Z'),
    ];
    expect(second.url).toBe(first.url);
    expect(next.url).not.toBe(first.url);
    expect(first.expiresAt).toEqual(new Date('2026-11-23T10:35:00Z'));
    expect(query(first).get('response-cache-control')).toBe('private, max-age=1800, immutable');
  });
});
