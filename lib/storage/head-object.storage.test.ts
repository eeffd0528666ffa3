import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { askStore } from './ask-store.ts';
import { storeClient } from './client.ts';
import { headBySdk } from './head-answers.ts';
import { headObject, putBytes, putDeleteMarker } from './objects.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

async function putRich(key: string): Promise<string> {
  const done = await storeClient().send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: 'body',
      ContentType: 'image/jpeg',
      ContentEncoding: 'identity',
      ContentDisposition: 'inline; filename="a.jpg"',
      ContentLanguage: 'de',
      CacheControl: 'max-age=60',
      Expires: new Date(Date.UTC(2030, 0, 1)),
      Metadata: { camera: 'X100', 'strata-upload': '9' },
      Tagging: 'project=a%20b&empty=',
      ServerSideEncryption: 'AES256',
      ChecksumAlgorithm: 'CRC64NVME',
    }),
  );
  return done.VersionId as string;
}

describe('our own HEAD', () => {
  it.each(['plain.jpg', 'a b/ü+%#?&=.jpg', "it's (1)!*~.jpg", 'emoji 🏔/שלום.jpg'])(
    'of %s says what the SDK says',
    async (key) => {
      const versionId = await putRich(key);
      const answer = await askStore({ bucket, key }, {});
      expect(answer?.status).toBe(200);
      const own = await headObject({ bucket, key });
      expect(own).toMatchObject({
        versionId,
        contentLanguage: 'de',
        encryption: 'AES256',
        tagCount: 2,
        metadata: { camera: 'X100', 'strata-upload': '9' },
      });
      expect(own?.crc64nvme).toMatch(/^[\w+/]{11}=$/);
      expect(own).toEqual(await headBySdk({ bucket, key }));
    },
  );

  it('asks for one version', async () => {
    const key = 'versions.txt';
    const first = await putRich(key);
    await putBytes({ bucket, key }, Buffer.from('second'), 'text/plain', { encryption: { kind: 'none' } });
    const own = await headObject({ bucket, key, versionId: first });
    expect(own).toMatchObject({ versionId: first, size: 4 });
    expect(own).toEqual(await headBySdk({ bucket, key, versionId: first }));
  });

  it('takes a missing key and a delete marker for nothing, as the SDK does', async () => {
    const key = 'gone.txt';
    await putRich(key);
    const { versionId } = await putDeleteMarker({ bucket, key });
    for (const ref of [
      { bucket, key: 'never' },
      { bucket, key },
      { bucket, key, versionId: versionId as string },
    ]) {
      expect(await headObject(ref)).toBeNull();
      expect(await headBySdk(ref)).toBeNull();
    }
  });

  it('leaves keys that no URL can hold to the SDK', async () => {
    expect(await askStore({ bucket, key: 'a/../b' }, {})).toBeNull();
  });
});
