import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import {
  abortMultipart,
  completeMultipart,
  createMultipart,
  listMultiparts,
  listParts,
} from '#lib/storage/multipart.ts';
import { headObject } from '#lib/storage/objects.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { noise, type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { cancelUpload } from './cancel-upload.ts';
import { completeUploads } from './complete-uploads.ts';
import { decideUpload } from './decide-upload.ts';
import { getUpload } from './get-upload.ts';
import { listUploads } from './list-uploads.ts';
import { signParts } from './sign-parts.ts';

const partSize = 16 * 1024 ** 2;
const body = noise(2 * partSize + 1_000_003);

let home: TestLibrary;
let files: TestFiles;
let browser: TestUploads;
let anna: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  browser = testUploads(home);
  anna = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Anna Roth');
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const storeUpload = async (id: string) => {
  const row = await browser.row(id);
  return { ref: { bucket: home.library.bucket, key: row.key }, storeUploadId: String(row.storeUploadId) };
};
const unfinished = async () =>
  (await listMultiparts({ bucket: home.library.bucket, prefix: '' })).map((one) => one.key);

describe('a large file', () => {
  it('goes in parts, each bound to its checksum, and is verified as a whole', async () => {
    const started = await browser.start(anna, 'large.mov', body, { contentType: 'video/quicktime' });
    expect((await browser.row(started.id)).storeUploadId).toBeNull();
    expect(await browser.sendParts(anna, started, body)).toEqual([200, 200, 200]);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { size: body.length, kind: 'video', contentType: 'video/quicktime' },
    });
    const head = await headObject(files.ref('large.mov'));
    expect(head).toMatchObject({
      size: body.length,
      crc64nvme: await crc64nvme(body),
      encryption: 'AES256',
      metadata: { 'strata-upload': started.id, mtime: '1714979289.123' },
    });
    const row = await browser.row(started.id);
    expect(Buffer.from(row.crc64nvme ?? []).toString('base64')).toBe(await crc64nvme(body));
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('complete before all parts are there: upload_incomplete with which parts, and it goes on', async () => {
    const started = await browser.start(anna, 'partly.mov', body);
    await browser.sendParts(anna, started, body, [2]);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'upload_incomplete', detail: expect.stringContaining('not at the store: 1 and 3') },
    });
    const { upload, storedParts } = await getUpload(anna, { id: started.id });
    expect(upload).toMatchObject({ state: 'uploading', partCount: 3 });
    expect(storedParts).toEqual([
      { number: 2, size: partSize, crc64nvme: await crc64nvme(body.slice(partSize, 2 * partSize)) },
    ]);
    const listed = await listUploads(anna, { state: 'open' });
    expect(listed.uploads.find((one) => one.id === started.id)).toMatchObject({ storedBytes: partSize });
    await browser.sendParts(anna, started, body, [1, 3]);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('a part with the wrong bytes or cut short is refused by the store and can be sent again', async () => {
    const started = await browser.start(anna, 'wrong.mov', body);
    const { parts } = await signParts(anna, {
      id: started.id,
      parts: [{ number: 3, crc64nvme: await crc64nvme(body.slice(2 * partSize)) }],
    });
    const [part] = parts;
    if (!part) throw new Error('no part');
    const send = (bytes: Uint8Array<ArrayBuffer>) =>
      fetch(part.url, { method: 'PUT', headers: part.headers, body: bytes }).then((answer) => answer.status);
    const other = body.slice(2 * partSize).fill(0, 0, 1);
    other[0] = (body[2 * partSize] as number) ^ 1;
    expect(await send(other)).toBe(400);
    expect(await send(body.slice(2 * partSize, -1))).toBeGreaterThanOrEqual(400);
    expect(await listParts(await storeUpload(started.id))).toEqual([]);
    expect(await send(body.slice(2 * partSize))).toBe(200);
  });

  it('parts in another order or content than announced as a whole: checksum_mismatch, and nothing shows', async () => {
    const started = await browser.start(anna, 'announced.mov', body, { crc64nvme: await crc64nvme('something else') });
    await browser.sendParts(anna, started, body);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: false, error: { code: 'checksum_mismatch' } });
    expect(await files.stored('announced.mov')).toEqual([]);
    expect(await unfinished()).not.toContain('media/announced.mov');
    expect(await browser.row(started.id)).toMatchObject({ state: 'failed' });
    expect(await browser.audit(started.id)).toMatchObject([{ type: 'upload.rejected' }]);
    expect(await browser.start(anna, 'announced.mov', body)).toMatchObject({ ok: true });
  });

  it('a part outside the plan, a file that has no parts: refused', async () => {
    const part = { number: 4, crc64nvme: 'AAAAAAAAAAA=' };
    const started = await browser.start(anna, 'outside.mov', body);
    await expect(signParts(anna, { id: started.id, parts: [part] })).rejects.toMatchObject({ code: 'invalid_request' });
    const small = await browser.start(anna, 'small.mov', 'x');
    await expect(signParts(anna, { id: small.id, parts: [{ ...part, number: 1 }] })).rejects.toMatchObject({
      code: 'wrong_state',
    });
  });

  it('six first requests for part URLs at once make one multipart upload at the store', async () => {
    const started = await browser.start(anna, 'once.mov', body);
    const parts = [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }];
    const answers = await Promise.all(Array.from({ length: 6 }, () => signParts(anna, { id: started.id, parts })));
    const ids = new Set(answers.map((answer) => new URL(String(answer.parts[0]?.url)).searchParams.get('uploadId')));
    expect(ids.size).toBe(1);
    expect((await unfinished()).filter((key) => key === 'media/once.mov')).toHaveLength(1);
  });
});

describe('the answer to a Complete lost on the way', () => {
  it('own success, no conflict', async () => {
    const started = await browser.start(anna, 'lost.mov', body);
    await browser.sendParts(anna, started, body);
    const upload = await storeUpload(started.id);
    await completeMultipart({
      ...upload,
      parts: await listParts(upload),
      size: body.length,
      condition: { ifNoneMatch: '*' },
    });
    // A page that was reloaded asks what is there: all of it.
    expect((await getUpload(anna, { id: started.id })).storedParts).toHaveLength(3);
    // The process died before it kept what the parts add up to; it had kept it before it asked the store.
    await db().upload.update({
      where: { id: started.id },
      data: { crc64nvme: Buffer.from(await crc64nvme(body), 'base64') },
    });
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
    expect(await files.stored('lost.mov')).toHaveLength(1);
  });

  it('twelve completes at once: one version, all answered alike', async () => {
    const started = await browser.start(anna, 'crowd.mov', body);
    await browser.sendParts(anna, started, body);
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser.complete(anna, started.id)));
    expect(answers.every((answer) => answer.ok && answer.state === 'completed')).toBe(true);
    expect(await files.stored('crowd.mov')).toHaveLength(1);
    expect(await browser.audit(started.id)).toHaveLength(1);
  });
});

describe('conflicts', () => {
  it('somebody was first: path_exists, the parts are kept, and Replace sends nothing again', async () => {
    const started = await browser.start(anna, 'clash.mov', body);
    await browser.sendParts(anna, started, body);
    const theirs = await files.write('clash.mov', 'theirs');
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'path_exists' },
      existing: { versionId: theirs },
    });
    expect((await getUpload(anna, { id: started.id })).storedParts).toHaveLength(3);
    await decideUpload(anna, { id: started.id, ifExists: 'replace', expectedVersionId: theirs });
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { size: body.length, versionCount: 2 },
    });
    expect((await files.stored('clash.mov')).map((one) => one.versionId)[1]).toBe(theirs);
  });

  it('replace after someone else replaced: version_changed, theirs stays on top', async () => {
    const seen = await files.put('changed.mov', 'old');
    const started = await browser.start(anna, 'changed.mov', body, { ifExists: 'replace', expectedVersionId: seen });
    await browser.sendParts(anna, started, body);
    const theirs = await files.write('changed.mov', 'theirs');
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'version_changed' },
      existing: { versionId: theirs },
    });
    expect((await files.stored('changed.mov'))[0]?.versionId).toBe(theirs);
  });
});

describe('the end of parts', () => {
  it('the store dropped the multipart upload: the next part URLs start a new one', async () => {
    const started = await browser.start(anna, 'dropped.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    const upload = await storeUpload(started.id);
    await abortMultipart(upload);
    expect(await browser.sendParts(anna, started, body, [2])).toEqual([404]);
    expect((await getUpload(anna, { id: started.id })).storedParts).toEqual([]);
    expect(await browser.sendParts(anna, started, body)).toEqual([200, 200, 200]);
    expect((await storeUpload(started.id)).storeUploadId).not.toBe(upload.storeUploadId);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('the store dropped it before complete: upload_incomplete, and all is sent again', async () => {
    const started = await browser.start(anna, 'dropped-2.mov', body);
    await browser.sendParts(anna, started, body);
    await abortMultipart(await storeUpload(started.id));
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: false, error: { code: 'upload_incomplete' } });
    expect(await browser.sendParts(anna, started, body)).toEqual([200, 200, 200]);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('cancel removes the parts from the store, and parts on their way find nothing', async () => {
    const started = await browser.start(anna, 'cancelled.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    const { parts } = await signParts(anna, {
      id: started.id,
      parts: [{ number: 2, crc64nvme: await crc64nvme(body.slice(partSize, 2 * partSize)) }],
    });
    expect((await cancelUpload(anna, { id: started.id })).upload).toMatchObject({ state: 'cancelled' });
    expect(await unfinished()).not.toContain('media/cancelled.mov');
    const [late] = parts;
    const answer = await fetch(String(late?.url), {
      method: 'PUT',
      headers: late?.headers ?? {},
      body: body.slice(partSize, 2 * partSize),
    });
    expect(answer.status).toBe(404);
    await expect(
      signParts(anna, { id: started.id, parts: [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }] }),
    ).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await completeUploads(anna, { ids: [started.id] })).results).toMatchObject([
      { ok: false, error: { code: 'wrong_state' } },
    ]);
    expect((await cancelUpload(anna, { id: started.id })).upload).toMatchObject({ state: 'cancelled' });
  });

  it('versioning switched off in the middle: nothing is put together, and it goes on when it is on again', async () => {
    const started = await browser.start(anna, 'suspended.mov', body);
    await browser.sendParts(anna, started, body);
    const where = { id: home.library.id };
    await db().library.update({ where, data: { versioning: 'suspended' } });
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
    expect(await files.stored('suspended.mov')).toEqual([]);
    await db().library.update({ where, data: { versioning: 'enabled' } });
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('a stranger’s multipart upload at the same key is left alone', async () => {
    const ref = files.ref('shared.mov');
    const foreign = await createMultipart({
      ref,
      contentType: 'video/mp4',
      encryption: { kind: 'none' },
      metadata: {},
    });
    const started = await browser.start(anna, 'shared.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    await cancelUpload(anna, { id: started.id });
    expect(await listParts({ ref, storeUploadId: foreign.storeUploadId })).toEqual([]);
  });
});
