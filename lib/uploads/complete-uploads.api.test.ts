import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { claimUpload } from './claim-upload.ts';
import { completeUploads } from './complete-uploads.ts';
import { decideUpload } from './decide-upload.ts';
import { getUpload } from './get-upload.ts';
import { signUploads } from './sign-uploads.ts';
import { startUploads } from './start-uploads.ts';

let home: TestLibrary;
let files: TestFiles;
let browser: TestUploads;
let anna: Actor;
let ben: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  browser = testUploads(home);
  anna = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Anna Roth');
  ben = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Ben Iyer');
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const folderBytes = async (path: string) => {
  const rows = await db().folderDelta.findMany({ where: { libraryId: home.library.id, path } });
  return {
    count: rows.reduce((sum, row) => sum + Number(row.assetCount), 0),
    bytes: rows.reduce((sum, row) => sum + Number(row.bytes), 0),
  };
};

describe('one file', () => {
  it('is verified, then version, asset, folder sums and audit are there together', async () => {
    const started = await browser.start(anna, 'whole/a.jpg', 'hello');
    expect((await browser.put(started, 'hello')).status).toBe(200);
    await expect(files.asset('whole/a.jpg')).rejects.toThrow();
    const done = await browser.complete(anna, started.id);
    expect(done).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { path: 'whole/a.jpg', size: 5, kind: 'image', versionCount: 1, contentType: 'image/jpeg' },
    });
    const [stored] = await files.stored('whole/a.jpg');
    expect(await browser.row(started.id)).toMatchObject({
      state: 'completed',
      versionId: stored?.versionId,
      lookAt: null,
    });
    const asset = await files.asset('whole/a.jpg');
    const versions = await db().version.findMany({ where: { assetId: asset.id } });
    expect(versions).toMatchObject([{ versionId: stored?.versionId, size: 5n, contentType: 'image/jpeg' }]);
    expect(Buffer.from(versions[0]?.crc64nvme ?? []).toString('base64')).toBe(
      (await browser.fileOf('', 'hello')).crc64nvme,
    );
    expect(await folderBytes('whole/')).toEqual({ count: 1, bytes: 5 });
    expect(await browser.audit(started.id)).toMatchObject([
      { type: 'upload.completed', actorName: 'Anna Roth', path: 'whole/a.jpg', data: { size: 5, replaced: false } },
    ]);
    const { entries } = await listEntries(anna, {
      library: home.library.slug,
      path: 'whole/',
      sort: 'name',
      limit: 10,
    } as never);
    expect(entries).toMatchObject([{ name: 'a.jpg' }]);
  });

  it('complete twice: the same answer, one version, one audit event', async () => {
    const started = await browser.start(anna, 'twice.jpg', 'hello');
    await browser.put(started, 'hello');
    const first = await browser.complete(anna, started.id);
    expect(await browser.complete(anna, started.id)).toEqual(first);
    expect(await files.stored('twice.jpg')).toHaveLength(1);
    expect(await browser.audit(started.id)).toHaveLength(1);
  });

  it('eight completes at once: the same answer, one version, one audit event', async () => {
    const started = await browser.start(anna, 'crowd.jpg', 'hello');
    await browser.put(started, 'hello');
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.complete(anna, started.id)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, state: 'completed' });
    expect(await browser.audit(started.id)).toHaveLength(1);
    expect(await folderBytes('')).toMatchObject({ count: 2 });
  });

  it('is known as the same version when the key is listed later: HEAD tells whole seconds, a listing more', async () => {
    const versionId = await browser.upload(anna, 'listed-later.jpg', 'hello');
    await syncKey(home.library, 'media/listed-later.jpg');
    const { id } = await files.asset('listed-later.jpg');
    expect(await db().version.findMany({ where: { assetId: id } })).toMatchObject([{ versionId, removedAt: null }]);
  });

  it('of zero bytes', async () => {
    await browser.upload(anna, 'zero/empty.txt', '', { contentType: 'text/plain' });
    expect(await files.asset('zero/empty.txt')).toMatchObject({ state: 'live', size: 0n });
  });

  it.each([
    'space and + plus.jpg',
    'per%20cent%.jpg',
    'hash#1?q=2&x.jpg',
    'emoji 👩‍👩‍👧 ünï.jpg',
    'עברית صورة.jpg',
    "quote'(1)*!~.jpg",
    'back\\slash.jpg',
  ])('named %s', async (name) => {
    await browser.upload(anna, `names/${name}`, name);
    expect((await files.stored(`names/${name}`)).map((one) => one.key)).toEqual([`media/names/${name}`]);
    expect(await files.asset(`names/${name}`)).toMatchObject({ state: 'live', name });
  });

  it('does not come back by its own upload after it was trashed', async () => {
    const started = await browser.start(anna, 'gone.jpg', 'hello');
    await browser.put(started, 'hello');
    await browser.complete(anna, started.id);
    await files.trash(anna, 'gone.jpg');
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed', asset: null });
    expect(await files.asset('gone.jpg')).toMatchObject({ state: 'trashed' });
  });
});

describe('what did not arrive', () => {
  it('complete before the file is there: upload_incomplete, and it can go on', async () => {
    const started = await browser.start(anna, 'late.jpg', 'hello');
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'upload_incomplete' },
      existing: null,
    });
    await browser.put(started, 'hello');
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('wrong checksum or truncated body: the store refuses, and the upload can be retried', async () => {
    const started = await browser.start(anna, 'wrong.jpg', 'hello');
    expect((await browser.put(started, 'hellO')).status).toBe(400);
    expect((await browser.put(started, 'hell')).status).toBeGreaterThanOrEqual(400);
    expect((await browser.put(started, 'hello!')).status).toBeGreaterThanOrEqual(400);
    expect(await files.stored('wrong.jpg')).toEqual([]);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: false, error: { code: 'upload_incomplete' } });
    expect((await browser.put(started, 'hello')).status).toBe(200);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('one item’s error leaves the others alone', async () => {
    const a = await browser.start(anna, 'batch/a.jpg', 'a');
    const b = await browser.start(anna, 'batch/b.jpg', 'b');
    const c = await browser.start(anna, 'batch/c.jpg', 'c');
    await browser.put(a, 'a');
    await browser.put(c, 'c');
    const unknown = crypto.randomUUID();
    const { results } = await completeUploads(anna, { ids: [a.id, b.id, unknown, c.id] });
    expect(results.map((one) => (one.ok ? one.state : one.error.code))).toEqual([
      'completed',
      'upload_incomplete',
      'not_found',
      'completed',
    ]);
  });

  it('a hundred files in one call', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `hundred/${at}.jpg`);
    const started = await browser.startAll(anna, await Promise.all(names.map((name) => browser.fileOf(name, name))));
    const ok = started.map((one) => (one.ok ? one : (undefined as never)));
    await Promise.all(ok.map((one) => browser.put(one, one.path)));
    const { results } = await completeUploads(anna, { ids: ok.map((one) => one.id) });
    expect(results.every((one) => one.ok && one.state === 'completed' && one.asset !== null)).toBe(true);
    expect((await folderBytes('hundred/')).count).toBe(100);
    const bytes = names.reduce((sum, name) => sum + name.length, 0);
    expect((await folderBytes('hundred/')).bytes).toBe(bytes);
    expect(
      await db().auditEvent.count({ where: { uploadId: { in: ok.map((one) => one.id) }, type: 'upload.completed' } }),
    ).toBe(100);
    // What was recorded together is what a look at the store says.
    const read = () =>
      db().asset.findMany({
        where: { libraryId: home.library.id, path: { startsWith: 'hundred/' } },
        include: { versions: true },
        orderBy: { id: 'asc' },
      });
    const known = await read();
    for (const name of names.slice(0, 5)) await syncKey(home.library, `media/${name}`);
    const looked = await read();
    const whole = (rows: typeof known) =>
      rows.map(({ appliedTicket: _, modifiedAt: __, versions, ...row }) => ({
        ...row,
        versions: versions.map(({ modifiedAt: ___, validFrom: ____, ...version }) => version),
      }));
    expect(whole(looked)).toEqual(whole(known));
    expect(known).toHaveLength(100);
    expect(known[0]?.versions).toHaveLength(1);
  });
});

describe('the answer to a PUT lost on the way', () => {
  it('own success, no conflict: the second PUT gets 412 and complete answers success', async () => {
    const started = await browser.start(anna, 'lost.jpg', 'hello');
    await browser.put(started, 'hello');
    expect((await browser.put(started, 'hello')).status).toBe(412);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
    expect(await files.stored('lost.jpg')).toHaveLength(1);
  });

  it('the same for a replacement', async () => {
    const seen = await files.put('lost-replace.jpg', 'old');
    const started = await browser.start(anna, 'lost-replace.jpg', 'hello', {
      ifExists: 'replace',
      expectedVersionId: seen,
    });
    await browser.put(started, 'hello');
    expect((await browser.put(started, 'hello')).status).toBe(412);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { versionCount: 2 },
    });
  });

  it('the index met the version first: still one success', async () => {
    const started = await browser.start(anna, 'event.jpg', 'hello');
    await browser.put(started, 'hello');
    await syncKey(home.library, 'media/event.jpg');
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { versionCount: 1 },
    });
    expect((await browser.start(anna, 'event-2.jpg', 'x')).ok).toBe(true);
  });

  it('somebody sent the very same bytes another way: that is what was wanted', async () => {
    const started = await browser.start(anna, 'same.jpg', 'hello');
    const versionId = await files.write('same.jpg', 'hello', { contentType: 'image/jpeg' });
    expect((await browser.put(started, 'hello')).status).toBe(412);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { versionId },
    });
  });

  it('somebody wrote over it between PUT and complete: both versions are in the history', async () => {
    const started = await browser.start(anna, 'over.jpg', 'hello');
    await browser.put(started, 'hello');
    const newer = await files.write('over.jpg', 'newer');
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { versionId: newer, versionCount: 2 },
    });
  });
});

describe('conflicts at the store', () => {
  it('another tool was first: path_exists with what is there; nothing is overwritten', async () => {
    const started = await browser.start(anna, 'taken.jpg', 'mine');
    const theirs = await files.write('taken.jpg', 'theirs');
    expect((await browser.put(started, 'mine')).status).toBe(412);
    const done = await browser.complete(anna, started.id);
    expect(done).toMatchObject({ ok: false, error: { code: 'path_exists' }, existing: { versionId: theirs, size: 6 } });
    expect((await files.stored('taken.jpg')).map((one) => one.versionId)).toEqual([theirs]);
    expect((await getUpload(anna, { id: started.id })).upload).toMatchObject({
      state: 'uploading',
      error: { code: 'path_exists' },
    });

    await decideUpload(anna, { id: started.id, ifExists: 'replace', expectedVersionId: theirs });
    const { results } = await signUploads(anna, { ids: [started.id] });
    const [again] = results;
    if (!again?.ok) throw new Error('not signed');
    expect((await browser.put({ ...started, plan: again.plan }, 'mine')).status).toBe(200);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: true,
      state: 'completed',
      asset: { size: 4, versionCount: 2 },
    });
    expect(await browser.audit(started.id)).toMatchObject([{ data: { replaced: true } }]);
  });

  it('replace after someone else replaced, in the middle: version_changed, theirs stays on top', async () => {
    const seen = await files.put('changed.jpg', 'old');
    const started = await browser.start(anna, 'changed.jpg', 'mine', { ifExists: 'replace', expectedVersionId: seen });
    const theirs = await files.write('changed.jpg', 'theirs');
    expect((await browser.put(started, 'mine')).status).toBe(412);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'version_changed' },
      existing: { versionId: theirs },
    });
    await expect(
      decideUpload(anna, { id: started.id, ifExists: 'replace', expectedVersionId: seen }),
    ).rejects.toMatchObject({ code: 'version_changed' });
  });

  it('replace of what was deleted in the middle: version_changed, nothing there', async () => {
    const seen = await files.put('deleted.jpg', 'old');
    const started = await browser.start(anna, 'deleted.jpg', 'mine', { ifExists: 'replace', expectedVersionId: seen });
    await putDeleteMarker(files.ref('deleted.jpg'));
    expect([404, 412]).toContain((await browser.put(started, 'mine')).status);
    expect(await browser.complete(anna, started.id)).toMatchObject({
      ok: false,
      error: { code: 'version_changed' },
      existing: null,
    });
  });

  it('two sessions to one path by two people end with one file each under its own name, or one conflict', async () => {
    const mine = await browser.start(anna, 'pair.jpg', 'anna');
    expect((await browser.refused(ben, 'pair.jpg', 'ben')).code).toBe('path_reserved');
    await browser.put(mine, 'anna');
    await browser.complete(anna, mine.id);
    expect((await browser.refused(ben, 'pair.jpg', 'ben')).code).toBe('path_exists');
    const keep = await browser.start(ben, 'pair.jpg', 'ben', { ifExists: 'rename' });
    expect(keep.path).toBe('pair (2).jpg');
  });
});

describe('a completion under way elsewhere', () => {
  it('whose process died is taken over once its claim has run out', async () => {
    const started = await browser.start(anna, 'dead.jpg', 'hello');
    await browser.put(started, 'hello');
    expect(await claimUpload(started.id)).not.toBeNull();
    expect(await claimUpload(started.id)).toBeNull();
    await browser.makeDue(started.id);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('is waited for, and answered as completing when it takes long', async () => {
    const started = await browser.start(anna, 'slow.jpg', 'hello');
    await browser.put(started, 'hello');
    await claimUpload(started.id);
    // People wait 20 s for it; it is looked at each half second.
    expect((await completeUploads(anna, { ids: [started.id] }, 1_500)).results).toEqual([
      { ok: true, id: started.id, state: 'completing', asset: null },
    ]);
    expect(
      (await startUploads(anna, { library: home.library.slug, files: [await browser.fileOf('slow.jpg', 'hello')] }))
        .results,
    ).toMatchObject([{ ok: false, error: { code: 'path_reserved' } }]);
  });
});
