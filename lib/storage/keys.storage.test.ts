import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket, sendSigned } from '#scripts/testing/store.ts';
import { copyVersion } from './copy-version.ts';
import { crc64nvme } from './crc64nvme.ts';
import { headObject, putDeleteMarker } from './objects.ts';
import { presignGet, presignPut } from './presign.ts';
import { listKeyVersions, listVersionsPage, removeVersion } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

/** 1,024 bytes, the most that S3 takes, in segments of at most 255, the most that MinIO takes. */
const LONGEST = `${'ä'.repeat(127)}/${'b'.repeat(255)}/${'c'.repeat(255)}/${'d'.repeat(254)}/${'e'.repeat(2)}`;

const KEYS = [
  'with space.txt',
  ' leading and trailing ',
  'plus+plus.txt',
  'percent%20sign%.txt',
  'hash#tag.txt',
  'question?mark=1&b.txt',
  'quotes\'"`.txt',
  'brackets[1](2){3}!*.txt',
  'emoji 😀👩‍👩‍👧.txt',
  'rtl שלום عربي.txt',
  'decomposed e\u0301.txt',
  'new\nline.txt',
  'tab\tand back\\slash.txt',
  'control\u0001char.txt',
  '<xml>&amp;.txt',
  'semi;colon,comma=equals@at:$.txt',
  '~tilde^caret|pipe.txt',
  LONGEST,
];

describe('odd keys', () => {
  it('of 1,024 bytes are what the test says', () => {
    expect(Buffer.byteLength(LONGEST)).toBe(1024);
  });

  it.each(KEYS)('%j: put, head, list, get, copy, delete, remove', async (key) => {
    const ref = { bucket, key };
    const condition = { ifNoneMatch: '*' } as const;
    const signed = await presignPut({
      ref,
      size: 3,
      contentType: 'text/plain',
      crc64nvme: await crc64nvme('one'),
      condition,
      encryption: { kind: 'AES256' },
      metadata: {},
      expiresIn: 60,
    });
    expect(await sendSigned(signed, 'one')).toMatchObject({ status: 200 });

    const head = await headObject(ref);
    expect(head).toMatchObject({ key, size: 3 });
    const versionId = head?.versionId ?? '';
    const get = await presignGet({ ref, versionId, disposition: 'attachment', fileName: key, expiresIn: 60 });
    expect((await sendSigned(get)).text).toBe('one');

    const copy = await copyVersion({ source: { ...ref, versionId }, target: ref, encryption: { kind: 'AES256' } });
    const marker = await putDeleteMarker(ref);
    const listed = await listKeyVersions(ref);
    expect(listed.map((version) => version.versionId)).toEqual([marker.versionId, copy.versionId, versionId]);
    expect(listed.every((version) => version.key === key)).toBe(true);

    for (const version of listed) await removeVersion({ ...ref, versionId: version.versionId });
    expect(await listKeyVersions(ref)).toEqual([]);
  });

  it('come in byte order over small pages, each once', async () => {
    const keys = ['o/a b', 'o/a+b', 'o/a%2Bb', 'o/ä', 'o/😀', 'o/ﬀ', 'o/z\n', 'o/é', 'o/Z'];
    for (const key of keys) {
      const signed = await presignPut({
        ref: { bucket, key },
        size: 0,
        contentType: 'a/b',
        crc64nvme: 'AAAAAAAAAAA=',
        condition: { ifNoneMatch: '*' },
        encryption: { kind: 'none' },
        metadata: {},
        expiresIn: 60,
      });
      expect(await sendSigned(signed, '')).toMatchObject({ status: 200 });
    }
    const found: string[] = [];
    let next: Awaited<ReturnType<typeof listVersionsPage>>['next'] | undefined;
    do {
      const page = await listVersionsPage({ bucket, prefix: 'o/', maxKeys: 2, ...next });
      found.push(...page.versions.map((version) => version.key));
      next = page.next;
    } while (next);
    expect(found).toEqual([...keys].sort((a, b) => Buffer.from(a).compare(Buffer.from(b))));
  });
});
