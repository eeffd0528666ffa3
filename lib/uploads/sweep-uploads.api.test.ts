import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { abortMultipart, listMultiparts } from '#lib/storage/multipart.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { noise, type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { cancelUpload } from './cancel-upload.ts';
import { claimUpload } from './claim-upload.ts';
import { signParts } from './sign-parts.ts';
import { sweepUploads } from './sweep-uploads.ts';

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

const body = noise(16 * 1024 ** 2 + 7);
const unfinished = async () =>
  (await listMultiparts({ bucket: home.library.bucket, prefix: '' })).map((one) => one.key);

describe('what was sent', () => {
  it('a PUT that was sent but never completed is adopted, as its sender’s', async () => {
    const started = await browser.start(anna, 'adopt.jpg', 'hello');
    await browser.put(started, 'hello');
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'completed', lookAt: null });
    expect(await files.asset('adopt.jpg')).toMatchObject({ state: 'live', size: 5n });
    expect(await browser.audit(started.id)).toMatchObject([
      { type: 'upload.completed', userId: anna.userId, actorName: 'Anna Roth' },
    ]);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { path: 'adopt.jpg' },
    });
  });

  it('token revoked in the middle: what was sent before stays, recorded as theirs', async () => {
    const bob = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Bob Former');
    const started = await browser.start(bob, 'revoked.jpg', 'hello');
    await browser.put(started, 'hello');
    const revoked: Actor = { ...bob, grants: [] };
    expect(await browser.complete(revoked, started.id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await db().user.update({ where: { id: bob.userId }, data: { disabledAt: new Date() } });
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await files.asset('revoked.jpg')).toMatchObject({ state: 'live' });
    expect(await browser.audit(started.id)).toMatchObject([{ type: 'upload.completed', actorName: 'Bob Former' }]);
  });

  it('a session whose links are still good is left alone', async () => {
    const started = await browser.start(anna, 'young.jpg', 'hello');
    await browser.put(started, 'hello');
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'reserved' });
  });

  it('a crashed completion is repaired once its claim has run out, not before', async () => {
    const started = await browser.start(anna, 'crashed.jpg', 'hello');
    await browser.put(started, 'hello');
    await claimUpload(started.id);
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'completing' });
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'completed', claim: null });
    expect(await files.stored('crashed.jpg')).toHaveLength(1);
  });

  it('a rejection whose process died is carried through', async () => {
    const good = await files.put('half-rejected.jpg', 'good');
    const started = await browser.start(anna, 'half-rejected.jpg', 'hello', {
      ifExists: 'replace',
      expectedVersionId: good,
    });
    await browser.put(started, 'hello', { 'content-encoding': 'gzip' });
    const [bad] = await files.stored('half-rejected.jpg');
    await claimUpload(started.id);
    await db().upload.update({
      where: { id: started.id },
      data: { versionId: String(bad?.versionId), errorCode: 'tampered', errorDetail: 'a content encoding was set' },
    });
    await browser.makeDue(started.id);
    await sweepUploads();
    expect((await files.stored('half-rejected.jpg')).map((one) => one.versionId)).toEqual([good]);
    expect(await browser.row(started.id)).toMatchObject({ state: 'failed', errorCode: 'tampered' });
    expect(await browser.audit(started.id)).toMatchObject([{ type: 'upload.rejected' }]);
  });

  it('a large file that is whole, with only the last word missing, is kept at the end of its time', async () => {
    const started = await browser.start(anna, 'whole.mov', body);
    await browser.sendParts(anna, started, body);
    await browser.makeDue(started.id, { expired: true });
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'completed' });
    expect(await files.asset('whole.mov')).toMatchObject({ size: BigInt(body.length) });
  });
});

describe('what was abandoned', () => {
  it('a reservation is given up after its time, and the path is free', async () => {
    const ben = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    const started = await browser.start(anna, 'abandoned.jpg', 'hello');
    await browser.makeDue(started.id);
    await sweepUploads();
    const waiting = await browser.row(started.id);
    expect(waiting.state).toBe('reserved');
    expect(waiting.lookAt).toEqual(waiting.expiresAt);
    await browser.makeDue(started.id, { expired: true });
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'expired', errorCode: 'upload_expired' });
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: false, error: { code: 'upload_expired' } });
    expect(await browser.start(ben, 'abandoned.jpg', 'ben')).toMatchObject({ ok: true });
  });

  it('parts are aborted after seven days without activity', async () => {
    const started = await browser.start(anna, 'abandoned.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    await browser.makeDue(started.id, { expired: true });
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'expired', storeUploadId: null, lookAt: null });
    expect(await unfinished()).not.toContain('media/abandoned.mov');
    await expect(
      signParts(anna, { id: started.id, parts: [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }] }),
    ).rejects.toMatchObject({ code: 'upload_expired' });
  });

  it('asking for parts keeps a session alive', async () => {
    const started = await browser.start(anna, 'alive.mov', body);
    await db().upload.update({ where: { id: started.id }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    await signParts(anna, { id: started.id, parts: [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }] });
    expect((await browser.row(started.id)).expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 3600_000);
  });

  it('cancel while the store was away: the parts are removed later', async () => {
    const started = await browser.start(anna, 'cancelled.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    await db().upload.update({ where: { id: started.id }, data: { state: 'cancelled', lookAt: new Date(0) } });
    await sweepUploads();
    expect(await unfinished()).not.toContain('media/cancelled.mov');
    expect(await browser.row(started.id)).toMatchObject({ state: 'cancelled', storeUploadId: null, lookAt: null });
  });

  it('parts that the store dropped by itself are no fault', async () => {
    const started = await browser.start(anna, 'dropped.mov', body);
    await browser.sendParts(anna, started, body, [1]);
    const { storeUploadId, key } = await browser.row(started.id);
    await abortMultipart({ ref: { bucket: home.library.bucket, key }, storeUploadId: String(storeUploadId) });
    await browser.makeDue(started.id, { expired: true });
    expect(await sweepUploads()).toMatchObject({ expired: 1, faults: 0 });
  });
});

describe('what arrives after the end', () => {
  it('bytes of a cancelled upload, sent before or after the cancel, are taken away; what was there stays', async () => {
    const good = await files.put('late.jpg', 'good');
    const started = await browser.start(anna, 'late.jpg', 'hello', { ifExists: 'replace', expectedVersionId: good });
    await browser.put(started, 'hello');
    await cancelUpload(anna, { id: started.id });
    expect((await files.stored('late.jpg')).map((one) => one.versionId)).toEqual([good]);
    // The same link is still good for some minutes.
    expect((await browser.put(started, 'hello')).status).toBe(200);
    await browser.makeDue(started.id);
    await sweepUploads();
    expect((await files.stored('late.jpg')).map((one) => one.versionId)).toEqual([good]);
    expect(await browser.row(started.id)).toMatchObject({ state: 'cancelled', lookAt: null });
  });

  it('a late version that the index shows is somebody’s file by now, and stays', async () => {
    const started = await browser.start(anna, 'seen.jpg', 'hello');
    await cancelUpload(anna, { id: started.id });
    await browser.put(started, 'hello');
    const { syncKey } = await import('#lib/indexing/sync-key.ts');
    await syncKey(home.library, 'media/seen.jpg');
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await files.stored('seen.jpg')).toHaveLength(1);
    expect(await files.asset('seen.jpg')).toMatchObject({ state: 'live' });
  });
});

describe('two workers', () => {
  it('share the sessions: each is settled once', async () => {
    const names = Array.from({ length: 120 }, (_, at) => `many/${at}.jpg`);
    const started = [];
    for (const chunk of [names.slice(0, 60), names.slice(60)]) {
      started.push(
        ...(await browser.startAll(anna, await Promise.all(chunk.map((name) => browser.fileOf(name, name))))),
      );
    }
    const ok = started.map((one) => (one.ok ? one : (undefined as never)));
    for (const one of ok) await browser.put(one, one.path);
    await db().upload.updateMany({ where: { id: { in: ok.map((one) => one.id) } }, data: { lookAt: new Date(0) } });
    const [a, b] = await Promise.all([sweepUploads(), sweepUploads()]);
    expect((a?.completed ?? 0) + (b?.completed ?? 0)).toBe(120);
    expect(await db().auditEvent.count({ where: { libraryId: home.library.id, path: { startsWith: 'many/' } } })).toBe(
      120,
    );
  });
});
