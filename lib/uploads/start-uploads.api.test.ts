import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { noise, type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { cancelUpload } from './cancel-upload.ts';
import { completeUploads } from './complete-uploads.ts';
import { decideUpload } from './decide-upload.ts';
import { getUpload } from './get-upload.ts';
import { listUploads } from './list-uploads.ts';
import { signParts } from './sign-parts.ts';
import { signUploads } from './sign-uploads.ts';
import { startUploads } from './start-uploads.ts';

let home: TestLibrary;
let files: TestFiles;
let browser: TestUploads;
let anna: Actor;
let ben: Actor;
let viewer: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  browser = testUploads(home);
  anna = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Anna Roth');
  ben = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Ben Iyer');
  viewer = await home.makeActor([{ prefix: '', role: 'viewer' }]);
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

describe('bad input', () => {
  it.each([
    ['a path with ..', 'a/../b.jpg'],
    ['a path with //', 'a//b.jpg'],
    ['a path with a control character', 'a/b\u0007.jpg'],
    ['a path with a line break', 'a/b\n.jpg'],
    ['a path with a leading slash', '/a.jpg'],
    ['a path with half a surrogate pair', 'a\ud800.jpg'],
    ['a folder', 'a/'],
    ['no name', ''],
    ['a name over the 255 bytes of this store', `${'x'.repeat(256)}.jpg`],
    [
      'a path over 1,024 bytes',
      `${'d'.repeat(200)}/${'e'.repeat(200)}/${'f'.repeat(200)}/${'g'.repeat(200)}/${'h'.repeat(220)}.jpg`,
    ],
  ])('%s: invalid_path, and the other files of the batch are started', async (_, path) => {
    const good = await browser.fileOf(`good-${crypto.randomUUID()}.jpg`, 'good');
    const results = await browser.startAll(anna, [{ ...good, path }, good]);
    expect(results[0]).toMatchObject({ ok: false, path, error: { code: 'invalid_path' }, existing: null });
    expect(results[1]).toMatchObject({ ok: true, path: good.path });
  });

  it('a path of 1,024 bytes in the key, root prefix included, is taken', async () => {
    const folder = `${'d'.repeat(250)}/${'e'.repeat(250)}/${'f'.repeat(250)}/`;
    const path = `${folder}${'g'.repeat(1024 - 'media/'.length - folder.length)}`.replace(/g{12}$/, '/gggggggggg.');
    expect(new TextEncoder().encode(`media/${path}`)).toHaveLength(1024);
    expect(await browser.start(anna, path, 'long')).toMatchObject({ ok: true, path });
  });

  it('size over the limit: too_large', async () => {
    const file = { ...(await browser.fileOf('huge.mov', 'x')), size: env().MAX_UPLOAD_BYTES + 1 };
    expect(await browser.startAll(anna, [file])).toMatchObject([{ ok: false, error: { code: 'too_large' } }]);
  });

  it('no checksum for a small file, no seen version for a replacement: invalid_request', async () => {
    const { crc64nvme: _, ...bare } = await browser.fileOf('bare.jpg', 'x');
    const blind = await browser.fileOf('blind.jpg', 'x', { ifExists: 'replace' });
    expect(await browser.startAll(anna, [bare, blind])).toMatchObject([
      { ok: false, error: { code: 'invalid_request' } },
      { ok: false, error: { code: 'invalid_request' } },
    ]);
  });

  it('an odd content type travels as bytes', async () => {
    const started = await browser.start(anna, 'odd.bin', 'odd', { contentType: 'not a type\u00e9' });
    expect(started.plan).toMatchObject({ headers: { 'content-type': 'application/octet-stream' } });
  });
});

describe('instructions', () => {
  it('bind length, type, checksum, condition, encryption, upload id and file time, for at most 10 minutes', async () => {
    const file = await browser.fileOf('plan.jpg', 'plan');
    const started = await browser.start(anna, 'plan.jpg', 'plan');
    if (started.plan.kind !== 'single') throw new Error('not single');
    expect(started.plan.headers).toEqual({
      'content-type': 'image/jpeg',
      'x-amz-checksum-crc64nvme': file.crc64nvme,
      'if-none-match': '*',
      'x-amz-server-side-encryption': 'AES256',
      'x-amz-meta-strata-upload': started.id,
      'x-amz-meta-mtime': '1714979289.123',
    });
    const signed = new URL(started.plan.url).searchParams;
    expect(signed.get('X-Amz-SignedHeaders')?.split(';')).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-crc64nvme',
      'x-amz-meta-mtime',
      'x-amz-meta-strata-upload',
      'x-amz-server-side-encryption',
    ]);
    expect(Number(signed.get('X-Amz-Expires'))).toBeLessThanOrEqual(600);
    expect(new URL(started.plan.url).pathname).toBe(`/${home.library.bucket}/media/plan.jpg`);
  });

  it('above 16 MiB tell the part plan', async () => {
    const started = await browser.start(anna, 'large.mov', noise(16 * 1024 ** 2 + 1));
    expect(started.plan).toEqual({ kind: 'multipart', partSize: 16 * 1024 ** 2, partCount: 2 });
  });

  it('are signed again from the row for the same upload', async () => {
    const started = await browser.start(anna, 'again.jpg', 'again');
    const { results } = await signUploads(anna, { ids: [started.id] });
    const [again] = results;
    if (!again?.ok || started.plan.kind !== 'single') throw new Error('not signed');
    expect(again.plan.headers).toEqual(started.plan.headers);
    expect((await browser.put({ ...started, plan: again.plan }, 'again')).status).toBe(200);
  });
});

describe('what is there already', () => {
  it('a live file: path_exists with both sides', async () => {
    const versionId = await files.put('there.jpg', 'there');
    const refused = await browser.refused(anna, 'there.jpg');
    expect(refused).toMatchObject({
      code: 'path_exists',
      existing: { id: await files.id('there.jpg'), size: 5, versionId },
    });
  });

  it('keep both chooses the next free number', async () => {
    await files.put('both/photo.jpg', '1');
    await files.put('both/photo (2).jpg', '2');
    const keep = { ifExists: 'rename' as const };
    const results = await browser.startAll(anna, [
      await browser.fileOf('both/photo.jpg', 'a', keep),
      await browser.fileOf('both/photo.jpg', 'b', keep),
    ]);
    expect(results).toMatchObject([
      { ok: true, path: 'both/photo (3).jpg' },
      { ok: true, path: 'both/photo (4).jpg' },
    ]);
  });

  it('a path under an existing file: path_under_file, in the trash as well', async () => {
    await files.put('file', 'a file');
    expect(await browser.refused(anna, 'file/below.jpg')).toMatchObject({ code: 'path_under_file' });
    await files.trash(anna, 'file');
    expect(await browser.refused(anna, 'file/deeper/below.jpg')).toMatchObject({ code: 'path_under_file' });
  });

  it('a path under an open upload: path_under_file', async () => {
    await browser.start(anna, 'open', 'x');
    expect(await browser.refused(ben, 'open/below.jpg')).toMatchObject({ code: 'path_under_file' });
  });

  it('a file where a folder is: path_is_folder, also for trash, open uploads and empty folders', async () => {
    await files.put('folder/a.jpg', 'x');
    expect(await browser.refused(anna, 'folder')).toMatchObject({ code: 'path_is_folder' });
    await files.put('trashed-folder/a.jpg', 'x');
    await files.trash(anna, 'trashed-folder/a.jpg');
    expect(await browser.refused(anna, 'trashed-folder')).toMatchObject({ code: 'path_is_folder' });
    await browser.start(anna, 'open-folder/a.jpg', 'x');
    expect(await browser.refused(ben, 'open-folder')).toMatchObject({ code: 'path_is_folder' });
    await files.put('empty-folder/', '');
    expect(await browser.refused(anna, 'empty-folder')).toMatchObject({ code: 'path_is_folder' });
  });

  it('names that only begin alike are no folders of each other', async () => {
    await files.put('alike/a.jpg', 'x');
    await files.put('alike-2', 'x');
    expect(await browser.start(anna, 'alike-2.jpg', 'x')).toMatchObject({ ok: true });
    expect(await browser.start(anna, 'alik', 'x')).toMatchObject({ ok: true });
  });

  it('replace after someone else replaced: version_changed with what is there now', async () => {
    const seen = await files.put('replace.jpg', 'one');
    const now = await files.put('replace.jpg', 'two');
    const refused = await browser.refused(anna, 'replace.jpg', 'mine', {
      ifExists: 'replace',
      expectedVersionId: seen,
    });
    expect(refused).toMatchObject({ code: 'version_changed', existing: { versionId: now } });
  });

  it('a trashed file does not stand in the way', async () => {
    await files.put('trashed.jpg', 'old');
    await files.trash(anna, 'trashed.jpg');
    await browser.upload(anna, 'trashed.jpg', 'new');
    expect(await files.asset('trashed.jpg')).toMatchObject({ state: 'live', size: 3n, versionCount: 2 });
  });
});

describe('reservations', () => {
  it('two people uploading the same new path: one gets the conflict', async () => {
    await browser.start(anna, 'race.jpg', 'anna');
    expect(await browser.refused(ben, 'race.jpg', 'ben')).toMatchObject({ code: 'path_reserved' });
  });

  it('two files with the same path in one batch: the second gets path_reserved', async () => {
    const file = await browser.fileOf('twice.jpg', 'x');
    expect(await browser.startAll(anna, [file, file])).toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'path_reserved' } },
    ]);
  });

  it('twelve people asking for one new path at once: one session', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, () => home.makeActor([{ prefix: '', role: 'contributor' }])),
    );
    const results = await Promise.all(
      people.map(async (person) => browser.startAll(person, [await browser.fileOf('crowd.jpg', 'x')])),
    );
    const codes = results.map(([one]) => (one?.ok ? 'ok' : one?.error.code)).sort();
    expect(codes).toEqual(['ok', ...Array(11).fill('path_reserved')]);
  });

  it('a file and a path below it asked for at once: never both', async () => {
    for (let round = 0; round < 10; round++) {
      const results = await Promise.all([
        browser.startAll(anna, [await browser.fileOf(`tie-${round}`, 'x')]),
        browser.startAll(ben, [await browser.fileOf(`tie-${round}/below.jpg`, 'x')]),
      ]);
      expect(results.flat().filter((one) => one.ok)).toHaveLength(1);
    }
  });

  it('the same start again gives the same session; other bytes do not', async () => {
    const first = await browser.start(anna, 'repeat.jpg', 'same');
    const again = await browser.start(anna, 'repeat.jpg', 'same');
    expect(again.id).toBe(first.id);
    expect(await browser.refused(anna, 'repeat.jpg', 'other')).toMatchObject({ code: 'path_reserved' });
  });

  it('the same start again with another answer to the clash goes on under the new condition', async () => {
    const versionId = await files.put('decided.jpg', 'old');
    const first = await browser.start(anna, 'decided.jpg', 'new', {
      ifExists: 'replace',
      expectedVersionId: versionId,
    });
    const newer = await files.put('decided.jpg', 'newer');
    expect(
      await browser.start(anna, 'decided.jpg', 'new', { ifExists: 'replace', expectedVersionId: newer }),
    ).toMatchObject({
      id: first.id,
    });
    expect(await browser.row(first.id)).toMatchObject({ expectedVersionId: newer });
  });

  it('a cancelled upload frees its path', async () => {
    const started = await browser.start(anna, 'free.jpg', 'anna');
    await cancelUpload(anna, { id: started.id });
    expect(await browser.start(ben, 'free.jpg', 'ben')).toMatchObject({ ok: true });
    expect(await browser.audit(started.id)).toMatchObject([{ type: 'upload.cancelled', actorName: 'Anna Roth' }]);
  });
});

describe('rights', () => {
  it('viewer tries to upload: forbidden, and nothing is reserved', async () => {
    expect(await browser.refused(viewer, 'viewer.jpg')).toMatchObject({ code: 'forbidden' });
    expect(await db().upload.count({ where: { userId: viewer.userId } })).toBe(0);
  });

  it('a path outside the grant and one that does not exist look the same', async () => {
    const guest = await home.makeActor([{ prefix: 'guests/', role: 'contributor' }]);
    await files.put('private/a.jpg', 'x');
    const results = await browser.startAll(guest, [
      await browser.fileOf('private/a.jpg', 'x'),
      await browser.fileOf('nowhere/a.jpg', 'x'),
      await browser.fileOf('guests/a.jpg', 'x'),
      await browser.fileOf('guestsbook.jpg', 'x'),
    ]);
    expect(results.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual([
      'not_found',
      'not_found',
      'ok',
      'not_found',
    ]);
    expect(results[0]).toMatchObject({ error: results[1]?.ok === false ? results[1].error : {}, existing: null });
  });

  it('a library without grant is not found', async () => {
    const stranger = await home.makeActor([]);
    await expect(
      startUploads(stranger, { library: home.library.slug, files: [await browser.fileOf('a.jpg', 'x')] }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('foreign upload id: not_found everywhere, as for one that does not exist', async () => {
    const { id } = await browser.start(anna, 'foreign.jpg', 'x');
    for (const foreign of [id, crypto.randomUUID()]) {
      const item = [{ ok: false, id: foreign, error: { code: 'not_found' } }];
      expect((await signUploads(ben, { ids: [foreign] })).results).toMatchObject(item);
      expect((await completeUploads(ben, { ids: [foreign] })).results).toMatchObject(item);
      const part = { number: 1, crc64nvme: 'AAAAAAAAAAA=' };
      await expect(signParts(ben, { id: foreign, parts: [part] })).rejects.toMatchObject({ code: 'not_found' });
      await expect(getUpload(ben, { id: foreign })).rejects.toMatchObject({ code: 'not_found' });
      await expect(cancelUpload(ben, { id: foreign })).rejects.toMatchObject({ code: 'not_found' });
      const decision = { id: foreign, ifExists: 'replace' as const, expectedVersionId: 'x' };
      await expect(decideUpload(ben, decision)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await listUploads(ben, { state: 'all' })).uploads.map((one) => one.id)).not.toContain(id);
    expect(await browser.row(id)).toMatchObject({ state: 'reserved' });
  });

  it('rights taken away in the middle: nothing more is signed or completed', async () => {
    const carla = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    const { id } = await browser.start(carla, 'carla.jpg', 'x');
    const demoted: Actor = { ...carla, grants: carla.grants.map((grant) => ({ ...grant, role: 'viewer' })) };
    expect((await signUploads(demoted, { ids: [id] })).results).toMatchObject([{ error: { code: 'forbidden' } }]);
    expect(await browser.complete(demoted, id)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const removed: Actor = { ...carla, grants: [] };
    expect((await signUploads(removed, { ids: [id] })).results).toMatchObject([{ error: { code: 'not_found' } }]);
  });

  it('a library without versioning is read-only and says so', async () => {
    await db().library.update({ where: { id: home.library.id }, data: { versioning: 'suspended' } });
    const started = startUploads(anna, { library: home.library.slug, files: [await browser.fileOf('a.jpg', 'x')] });
    await expect(started).rejects.toMatchObject({ code: 'wrong_state', detail: expect.stringContaining('versioning') });
    await db().library.update({ where: { id: home.library.id }, data: { versioning: 'enabled' } });
  });

  it('a store that lets headers be smuggled gets no upload, with the reason', async () => {
    const { storeId } = await db().library.findUniqueOrThrow({ where: { id: home.library.id } });
    const { capabilities } = home.library;
    const unsafe = {
      ...capabilities,
      headerSmuggling: { verdict: 'unsafe', detail: 'Give uploads a key of their own.' },
    };
    await db().store.update({ where: { id: storeId }, data: { capabilities: unsafe } });
    const started = startUploads(anna, { library: home.library.slug, files: [await browser.fileOf('a.jpg', 'x')] });
    await expect(started).rejects.toMatchObject({
      code: 'not_supported_by_store',
      detail: expect.stringContaining('Give uploads a key of their own.'),
    });
    await db().store.update({ where: { id: storeId }, data: { capabilities } });
  });
});

describe('the list of sessions', () => {
  it('is one’s own, newest first, in pages, with what can go on', async () => {
    const dora = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    for (let batch = 0; batch < 2; batch++) {
      const names = Array.from({ length: 30 }, (_, at) => `dora/${batch}-${at}.jpg`);
      await browser.startAll(dora, await Promise.all(names.map((name) => browser.fileOf(name, 'x'))));
    }
    const first = await listUploads(dora, { state: 'open' });
    const second = await listUploads(dora, { state: 'open', cursor: String(first.nextCursor) });
    expect([first.uploads.length, second.uploads.length, second.nextCursor]).toEqual([50, 10, null]);
    const ids = [...first.uploads, ...second.uploads].map((one) => one.id);
    expect(new Set(ids).size).toBe(60);
    await cancelUpload(dora, { id: String(ids[0]) });
    expect((await listUploads(dora, { state: 'open' })).uploads.map((one) => one.id)).not.toContain(ids[0]);
    expect((await listUploads(dora, { state: 'all' })).uploads.map((one) => one.id)).toContain(ids[0]);
  });
});
