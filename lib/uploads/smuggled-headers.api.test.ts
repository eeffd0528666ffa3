import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { noise, type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { sweepUploads } from './sweep-uploads.ts';

let home: TestLibrary;
let files: TestFiles;
let browser: TestUploads;
let mallory: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  browser = testUploads(home);
  mallory = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Mallory');
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

/**
 * Headers that nobody signed, really sent beside a presigned PUT, and what becomes of them on MinIO (s3-facts 7c): `refused` by the store,
 * `caught` by verification, or `ignored` by the store, which then holds what was signed.
 */
const smuggled: [string, 'refused' | 'caught' | 'ignored', Record<string, string>][] = [
  ['source-mtime in the future', 'caught', { 'x-minio-source-mtime': '2099-01-01T00:00:00.000Z' }],
  ['source-mtime in the past', 'caught', { 'x-minio-source-mtime': '2001-01-01T00:00:00.000Z' }],
  ['content-encoding', 'caught', { 'content-encoding': 'gzip' }],
  ['content-disposition', 'caught', { 'content-disposition': 'inline; filename="x.html"' }],
  ['content-language', 'caught', { 'content-language': 'xx' }],
  ['cache-control', 'caught', { 'cache-control': 'public, max-age=31536000' }],
  ['expires', 'caught', { expires: 'Thu, 01 Dec 2033 16:00:00 GMT' }],
  ['tagging', 'caught', { 'x-amz-tagging': 'secret=yes' }],
  ['redirect', 'ignored', { 'x-amz-website-redirect-location': 'https://evil.test/' }],
  ['storage class', 'caught', { 'x-amz-storage-class': 'REDUCED_REDUNDANCY' }],
  ['more metadata', 'refused', { 'x-amz-meta-other': 'x' }],
  ['legal hold', 'refused', { 'x-amz-object-lock-legal-hold': 'ON' }],
  ['source-etag', 'ignored', { 'x-minio-source-etag': '00000000000000000000000000000000' }],
  ['acl', 'ignored', { 'x-amz-acl': 'public-read' }],
];

describe('smuggled headers on a replacement: refused or caught, and the good version beneath is untouched', () => {
  it.each(smuggled)('%s: %s', async (name, fate, added) => {
    const path = `replace/${name}.jpg`;
    const good = await files.put(path, 'the good one');
    const started = await browser.start(mallory, path, 'hello', { ifExists: 'replace', expectedVersionId: good });
    const sent = await browser.put(started, 'hello', added);
    const done = await browser.complete(mallory, started.id);
    const row = await browser.row(started.id);
    const stored = (await files.stored(path)).map((one) => one.versionId);
    if (fate === 'ignored') {
      expect(done).toMatchObject({ ok: true, state: 'completed' });
      expect(stored).toEqual([row.versionId, good]);
      return;
    }
    if (fate === 'refused') {
      expect(sent.status).toBeGreaterThanOrEqual(400);
      expect(done).toMatchObject({ ok: false, error: { code: 'upload_incomplete' } });
    } else {
      expect(sent.status).toBe(200);
      expect(done).toMatchObject({ ok: false, error: { code: 'tampered' } });
      expect(row).toMatchObject({ state: 'failed', errorCode: 'tampered' });
      expect(await browser.audit(started.id)).toMatchObject([
        { type: 'upload.rejected', actorName: 'Mallory', data: { code: 'tampered', versionId: row.versionId } },
      ]);
    }
    expect(stored).toEqual([good]);
    expect(await files.asset(path)).toMatchObject({ state: 'live', versionId: good, versionCount: 1 });
  });

  it.each(smuggled.filter(([, fate]) => fate !== 'ignored'))(
    '%s, on a new file, never completed: %s, at the latest by the sweep',
    async (name, _, added) => {
      const path = `new/${name}.jpg`;
      const started = await browser.start(mallory, path, 'hello');
      await browser.put(started, 'hello', added);
      await browser.makeDue(started.id);
      await sweepUploads();
      expect(await files.stored(path)).toEqual([]);
      await expect(files.asset(path)).rejects.toThrow();
    },
  );

  it('copy-source: the store refuses to copy what the upload identity may not read', async () => {
    const secret = await files.put('secret.txt', 'what nobody may copy');
    const good = await files.put('copy.jpg', 'the good one');
    const started = await browser.start(mallory, 'copy.jpg', 'hello', { ifExists: 'replace', expectedVersionId: good });
    const sent = await browser.put(started, 'hello', {
      'x-amz-copy-source': `${home.library.bucket}/media/secret.txt?versionId=${secret}`,
    });
    expect(sent.status).toBe(403);
    expect(await browser.complete(mallory, started.id)).toMatchObject({
      ok: false,
      error: { code: 'upload_incomplete' },
    });
    expect((await files.stored('copy.jpg')).map((one) => one.versionId)).toEqual([good]);
  });

  it('copy-source on a part is refused', async () => {
    const secret = await files.put('secret-2.txt', 'what nobody may copy');
    const body = noise(16 * 1024 ** 2 + 5);
    const started = await browser.start(mallory, 'copy-part.mov', body);
    const added = { 'x-amz-copy-source': `${home.library.bucket}/media/secret-2.txt?versionId=${secret}` };
    const statuses = await browser.sendParts(mallory, started, body, [2], added);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(await browser.complete(mallory, started.id)).toMatchObject({
      ok: false,
      error: { code: 'upload_incomplete' },
    });
  });

  it('encryption by another key is refused or caught', async () => {
    const started = await browser.start(mallory, 'kms.jpg', 'hello');
    const sent = await browser.put(started, 'hello', { 'x-amz-server-side-encryption': 'aws:kms' });
    expect(sent.status).toBe(403);
    expect(env().S3_SSE).toBe('AES256');
    expect(await files.stored('kms.jpg')).toEqual([]);
  });

  it('a condition left out is refused: nothing is overwritten silently', async () => {
    const started = await browser.start(mallory, 'condition.jpg', 'hello');
    if (started.plan.kind !== 'single') throw new Error('not single');
    await files.write('condition.jpg', 'theirs');
    const { 'if-none-match': _, ...headers } = started.plan.headers;
    const sent = await fetch(started.plan.url, { method: 'PUT', headers, body: 'hello' });
    expect(sent.status).toBeGreaterThanOrEqual(400);
    expect(await files.stored('condition.jpg')).toHaveLength(1);
  });

  it('the same link used again after the rejection: the sweep removes that too', async () => {
    const started = await browser.start(mallory, 'again.jpg', 'hello');
    const added = { 'content-encoding': 'gzip' };
    await browser.put(started, 'hello', added);
    expect(await browser.complete(mallory, started.id)).toMatchObject({ error: { code: 'tampered' } });
    expect((await browser.put(started, 'hello', added)).status).toBe(200);
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await files.stored('again.jpg')).toEqual([]);
    expect(await browser.row(started.id)).toMatchObject({ state: 'failed', lookAt: null });
  });
});
