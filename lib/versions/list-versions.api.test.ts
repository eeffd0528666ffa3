import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import { putLifecycle, type StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { getVersionProperties } from './get-version-properties.ts';
import { listTrash } from './list-trash.ts';
import { listVersions } from './list-versions.ts';

let home: TestLibrary;
let files: TestFiles;
let person: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'lib/' });
  files = testFiles(home);
  person = await home.makeActor(undefined, 'Priya Raman');
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const versionsOf = async (path: string, more = {}, actor = person) =>
  listVersions(actor, { id: await files.id(path), ...more });

describe('the history of a file', () => {
  it('keeps the store’s own order where times are the same to the second, or run backwards', async () => {
    const path = 'ties.jpg';
    const second = new Date('2026-11-20T12:00:00Z');
    const earlier = new Date('2026-11-20T11:59:58Z');
    // Newest first, as AWS lists it: one second of resolution, and ids that sort differently.
    const listed: ListedVersion[] = ['zz', 'aa', 'mm', 'bb'].map((versionId, at) => ({
      key: toKey(home.library, path),
      versionId,
      isDeleteMarker: versionId === 'mm',
      isLatest: at === 0,
      modifiedAt: versionId === 'zz' ? earlier : second,
      size: versionId === 'mm' ? 0 : 10 + at,
      etag: versionId === 'mm' ? null : `e-${versionId}`,
      storageClass: versionId === 'mm' ? null : 'STANDARD',
    }));
    const ticket = await takeTicket();
    await db().$transaction((tx) => applyListing(tx, home.library, toKey(home.library, path), ticket, listed));
    const { versions, totals } = await versionsOf(path);
    expect(versions.map((version) => [version.versionId, version.number, version.isCurrent])).toEqual([
      ['zz', 3, true],
      ['aa', 2, false],
      ['mm', null, false],
      ['bb', 1, false],
    ]);
    expect(totals).toEqual({ versionCount: 3, bytes: 10 + 11 + 13 });
    // Time never runs backwards for the view of a past moment.
    expect(versions.map((version) => version.validFrom)).toEqual(versions.map(() => second.toISOString()));
  });

  it('says who made what: uploads, restores and the trash, after the index was rebuilt too', async () => {
    const first = await files.put('who.jpg', 'one');
    const head = await files.asset('who.jpg');
    const upload = {
      libraryId: home.library.id,
      userId: person.userId,
      key: toKey(home.library, 'who.jpg'),
      path: 'who.jpg',
      size: 3n,
    };
    const how = {
      contentType: 'image/jpeg',
      kind: 'single',
      ifExists: 'fail',
      state: 'completed',
      expiresAt: new Date(),
    } as const;
    await db().upload.create({
      data: { id: crypto.randomUUID(), ...upload, ...how, versionId: first, etag: head.etag },
    });
    await files.put('who.jpg', 'two, by another tool');
    await files.trash(person, 'who.jpg');
    const colleague = await home.makeActor([{ prefix: '', role: 'admin' }], 'Jonas Weber');
    const selection = { ids: [await files.id('who.jpg')] };
    await startOperation(colleague, {
      library: home.library.slug,
      type: 'restore-version',
      selection,
      params: { versionId: first },
    });
    const expected = [
      {
        number: 3,
        isDeleteMarker: false,
        isCurrent: true,
        cause: 'restore',
        by: { name: 'Jonas Weber', you: false },
        restoredFrom: '1',
      },
      {
        number: null,
        isDeleteMarker: true,
        isCurrent: false,
        cause: 'trash',
        by: { name: 'Priya Raman', you: true },
        restoredFrom: null,
      },
      { number: 2, isDeleteMarker: false, isCurrent: false, cause: 'unknown', by: null, restoredFrom: null },
      {
        number: 1,
        isDeleteMarker: false,
        isCurrent: false,
        cause: 'upload',
        by: { name: 'Priya Raman', you: true },
        restoredFrom: null,
      },
    ];
    expect((await versionsOf('who.jpg')).versions).toMatchObject(expected);

    const stored = await files.stored('who.jpg');
    await db().version.deleteMany({ where: { assetId: head.id } });
    await db().asset.delete({ where: { id: head.id } });
    const ticket = await takeTicket();
    await db().$transaction((tx) => applyListing(tx, home.library, toKey(home.library, 'who.jpg'), ticket, stored));
    expect((await versionsOf('who.jpg')).versions).toMatchObject(expected);
  });

  it('says that a version is gone, and keeps the numbers of the others', async () => {
    await files.put('gap.txt', 'one');
    const second = await files.put('gap.txt', 'two');
    await files.put('gap.txt', 'three');
    await removeVersion({ ...files.ref('gap.txt'), versionId: second });
    await files.put('gap.txt', 'four');
    const { versions, totals } = await versionsOf('gap.txt');
    expect(versions.map((version) => [version.number, version.removedAt !== null])).toEqual([
      [4, false],
      [3, false],
      [2, true],
      [1, false],
    ]);
    expect(totals).toEqual({ versionCount: 3, bytes: 'one'.length + 'three'.length + 'four'.length });
  });

  it('comes in pages that hold each version once', async () => {
    for (let at = 0; at < 7; at += 1) await files.put('pages.txt', `version ${at}`);
    const numbers: (number | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await versionsOf('pages.txt', { limit: 3, cursor });
      numbers.push(...page.versions.map((version) => version.number));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1]);
    for (const bad of [
      'x',
      Buffer.from('"1"').toString('base64url'),
      Buffer.from('99999999999').toString('base64url'),
    ]) {
      await expect(versionsOf('pages.txt', { cursor: bad })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('does not exist for those who may not see the file', async () => {
    await files.put('hidden/a.txt', 'a');
    const stranger = await home.makeActor([{ prefix: 'else/', role: 'admin' }]);
    await expect(versionsOf('hidden/a.txt', {}, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listVersions(person, { id: '9999999999999999999' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what lifecycle will do', () => {
  it('is said of each version and marker, by which rule, and in the trash in the same way', async () => {
    const day = 24 * 60 * 60 * 1000;
    const old = { ID: 'Old versions', Status: 'Enabled', Filter: { Prefix: 'lib/fate/' } } as const;
    const rules: StoredRule[] = [
      { ...old, NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Expiration: { Days: 90 } },
    ];
    await putLifecycle(home.library.bucket, { rules, minimumObjectSize: null });
    const [first, second] = [await files.put('fate/a.txt', 'one'), await files.put('fate/a.txt', 'two')];
    await files.put('stays/b.txt', 'one');
    const { versions } = await versionsOf('fate/a.txt');
    const days = (at: string | null | undefined) => Math.round((Date.parse(String(at)) - Date.now()) / day);
    expect(versions.map(({ versionId, goes }) => [versionId, goes?.rule, goes?.trash?.rule])).toEqual([
      [second, 'Old versions', 'Old versions'],
      [first, 'Old versions', undefined],
    ]);
    // S3 counts whole days and goes on to the next midnight.
    expect([90, 91]).toContain(days(versions[0]?.goes?.trash?.at));
    expect([30, 31]).toContain(days(versions[1]?.goes?.at));
    expect((await versionsOf('stays/b.txt')).versions[0]?.goes).toEqual({ at: null, rule: null, trash: null });

    const selection = { paths: ['fate/a.txt'] };
    await startOperation(person, { library: home.library.slug, type: 'trash', selection, params: {}, dryRun: false });
    const [entry] = (await listTrash(person, { library: home.library.slug, path: 'fate/' })).entries;
    const [marker, newest] = (await versionsOf('fate/a.txt')).versions;
    expect(marker).toMatchObject({ isDeleteMarker: true });
    expect(entry?.goes).toMatchObject({ rule: 'Old versions', trash: null });
    expect(newest?.goes).toEqual(entry?.goes);
  });
});

describe('the history of a moved file', () => {
  const move = (from: string, to: string) =>
    startOperation(person, {
      library: home.library.slug,
      type: 'move',
      selection: { paths: [from] },
      params: { to },
      dryRun: false,
    });

  it('goes on at its old place, for those who may look there', async () => {
    const first = await files.put('old/m.txt', 'one');
    await move('old/m.txt', 'new/');
    const here = await versionsOf('new/m.txt');
    expect(here.versions).toHaveLength(1);
    expect(here.earlier).toMatchObject({ path: 'old/m.txt', allowed: { write: true, restoreVersions: true } });
    const there = await listVersions(person, { id: String(here.earlier?.id) });
    expect(there.earlier).toBeNull();
    expect(there.versions.map(({ versionId, isDeleteMarker, cause }) => [isDeleteMarker || versionId, cause])).toEqual([
      [true, 'move'],
      [first, 'unknown'],
    ]);
    const narrow = await home.makeActor([{ prefix: 'new/', role: 'admin' }]);
    expect((await versionsOf('new/m.txt', {}, narrow)).earlier).toBeNull();
  });

  it('is not that of a file which only has its name, nor of one that an undo brought back', async () => {
    await files.put('back/m.txt', 'one');
    const { operation } = await move('back/m.txt', 'away/');
    await undoOperation(person, { id: operation.id });
    expect((await versionsOf('back/m.txt')).earlier).toBeNull();
    await files.put('fresh/n.txt', 'one');
    expect((await versionsOf('fresh/n.txt')).earlier).toBeNull();
  });
});

it('tells what the store keeps with the bytes of each version', async () => {
  const extra = { metadata: { camera: 'A1', 'strata-upload': 'x' }, cacheControl: 'no-store', tags: 'project=sea' };
  const first = await files.put('kept.txt', 'one', extra);
  const second = await files.put('kept.txt', 'two');
  const id = await files.id('kept.txt');
  const of = async (versionId: string) => (await getVersionProperties(person, { id, versionId })).properties;
  expect(await of(first)).toMatchObject({
    headers: expect.arrayContaining([{ name: 'Cache-Control', value: 'no-store' }]),
    metadata: [{ name: 'camera', value: 'A1' }],
    tags: [{ name: 'project', value: 'sea' }],
  });
  expect(await of(second)).toMatchObject({ metadata: [], tags: [] });
  await expect(of('no-such-version')).rejects.toMatchObject({ code: 'not_found' });
});
