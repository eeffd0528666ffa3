import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEdge } from '#scripts/testing/cloudfront-edge.ts';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { putBytes } from './objects.ts';
import type { presignGet } from './presign.ts';
import { presignRendition, renditionsBucket } from './renditions-bucket.ts';

/** A distribution of our own, which checks signatures as CloudFront does and then asks the store, before a bucket of the test's. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let edge: Awaited<ReturnType<typeof startEdge>>;
let bucket: Awaited<ReturnType<typeof makeTestBucket>>;

beforeAll(async () => {
  bucket = await makeTestBucket();
  edge = await startEdge({ publicKey, keyPairId: 'K1', bucket: bucket.bucket });
  Object.assign(process.env, {
    CLOUDFRONT_URL: edge.url,
    CLOUDFRONT_KEY_PAIR_ID: 'K1',
    // As an environment file holds it.
    CLOUDFRONT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n'),
    S3_BUCKET: bucket.bucket,
  });
  const { vi } = await import('vitest');
  vi.resetModules();
});
afterAll(async () => {
  await edge?.stop();
  await bucket?.remove();
});

/** With the environment of this test: it was read before the distribution was there. */
const fresh = async () => (await import('./presign.ts')).presignGet as typeof presignGet;
const linkTo = async (key: string, versionId: string, change: Partial<Parameters<typeof presignGet>[0]> = {}) =>
  (
    await (
      await fresh()
    )({
      ref: { bucket: bucket.bucket, key },
      versionId,
      disposition: 'attachment',
      fileName: 'pine & moss ä.jpg',
      contentType: 'image/jpeg',
      expiresIn: 300,
      ...change,
    })
  ).url;

it('a link is to one version, verified at the edge, and says how it is saved', async () => {
  const key = 'a b/pine & moss ä+.jpg';
  const { versionId } = await putBytes({ bucket: bucket.bucket, key }, 'the first', 'text/plain');
  await putBytes({ bucket: bucket.bucket, key }, 'the second', 'text/plain');
  const url = await linkTo(key, versionId);
  expect(url.startsWith(`${edge.url}/a%20b/`)).toBe(true);
  expect(url).not.toMatch(/X-Amz-/);
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, 'the first']);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  expect(answer.headers.get('cache-control')).toBe('max-age=31536000, immutable');
});

it('an edge refuses another version, another name, and what is over', async () => {
  const key = 'refused.jpg';
  const { versionId } = await putBytes({ bucket: bucket.bucket, key }, 'x', 'text/plain');
  const other = await putBytes({ bucket: bucket.bucket, key }, 'y', 'text/plain');
  const url = await linkTo(key, versionId);
  expect((await fetch(url.replace(versionId, other.versionId))).status).toBe(403);
  expect((await fetch(url.replace('attachment', 'inline'))).status).toBe(403);
  const past = await linkTo(key, versionId, { now: new Date(Date.now() - 3_600_000) });
  expect((await fetch(past)).status).toBe(403);
});

it('the same picture has the same link within a window, so that caches answer', async () => {
  const at = (iso: string) => linkTo('p.jpg', 'v1', { windowSeconds: 600, now: new Date(iso) });
  expect(await at('2026-11-25T12:01:00Z')).toBe(await at('2026-11-25T12:09:00Z'));
  expect(await at('2026-11-25T12:01:00Z')).not.toBe(await at('2026-11-25T12:11:00Z'));
});

it('a null version, whose content may change, another bucket and thumbnails without a distribution go to the store', async () => {
  expect(await linkTo('n.jpg', 'null')).toMatch(/X-Amz-Signature/);
  expect(await linkTo('o.jpg', 'v', { ref: { bucket: 'another', key: 'o.jpg' } })).toMatch(/X-Amz-Signature/);
  expect(renditionsBucket()).not.toBe(bucket.bucket);
  expect(await presignRendition('t.webp')).toMatch(/X-Amz-Signature/);
});
