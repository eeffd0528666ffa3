import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { type MadeEntry, mark, moment, put, tellHistory } from '#scripts/testing/history.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { listArchive } from './list-archive.ts';
import { signArchive } from './sign-archive.ts';

let home: TestLibrary;
let files: TestFiles;
let viewer: Actor;
beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  viewer = await home.makeActor([{ prefix: 'trip/', role: 'viewer' }]);
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

it('lists names and sizes with the versions of that moment, empty folders among them, and signs links to exactly those', async () => {
  const admin = await home.makeActor();
  await files.put('trip/a.txt', 'first');
  await files.put('trip/day/b.txt', 'b');
  await files.put('trip/gone.txt', 'in the trash');
  await files.put('elsewhere/c.txt', 'c');
  await files.trash(admin, 'trip/gone.txt');
  await startOperation(admin, {
    library: home.library.slug,
    type: 'create-folder',
    selection: { paths: ['trip/empty/'] },
  });

  const of = (selection: Parameters<typeof listArchive>[1]['selection'], actor = viewer) =>
    listArchive(actor, { library: home.library.slug, selection });
  const archive = await of({ paths: ['trip/'] });
  expect(archive).toMatchObject({ name: 'trip', totals: { files: 2, bytes: 6 }, leftOut: [], nextCursor: null });
  expect(archive.entries.map(({ name, size }) => [name, size])).toEqual([
    ['trip/a.txt', 5],
    ['trip/day/b.txt', 1],
    ['trip/empty/', 0],
  ]);
  await expect(of({ paths: ['elsewhere/'] })).rejects.toMatchObject({ code: 'not_found' });

  const items = archive.entries.flatMap(({ id, versionId }) => (id && versionId ? [{ id, versionId }] : []));
  // A newer version does not change what was planned, and its length.
  await files.put('trip/a.txt', 'a newer and longer one');
  const foreign = await files.asset('elsewhere/c.txt');
  const { results } = await signArchive(viewer, {
    library: home.library.slug,
    items: [...items, { id: String(foreign.id), versionId: foreign.versionId }, { id: '1', versionId: 'nothing' }],
  });
  expect(results.map((one) => one.ok)).toEqual([true, true, false, false]);
  const [first] = results;
  expect(first?.ok && (await (await fetch(first.url)).text())).toBe('first');
});

it('holds the versions of a moment: deleted files too, nothing made since, and says what is gone', async () => {
  const tell = (path: string, history: MadeEntry[]) => tellHistory(home.library, path, history);
  await tell('trip/then/changed.txt', [put('c1', 10, 5), put('c2', 20, 7)]);
  await tell('trip/then/sub/deleted.txt', [put('d1', 10, 3), mark('dm', 20)]);
  await tell('trip/then/made.txt', [put('m1', 20)]);
  await tell('trip/then/gone.txt', [put('g1', 10), put('g2', 20)]);
  await tell('trip/then/gone.txt', [put('g2', 20)]);
  await tell('trip/then/frozen.txt', [{ ...put('f1', 10), storageClass: 'GLACIER' }]);
  const of = (selection: Parameters<typeof listArchive>[1]['selection'], actor = viewer) =>
    listArchive(actor, { library: home.library.slug, selection, at: moment(12) });
  const archive = await of({ paths: ['trip/then/'] });
  expect(archive).toMatchObject({ name: 'then', totals: { files: 2, bytes: 8 }, nextCursor: null });
  expect(archive.entries).toMatchObject([
    { name: 'then/changed.txt', versionId: 'c1', size: 5, modifiedAt: moment(10) },
    { name: 'then/sub/deleted.txt', versionId: 'd1', size: 3 },
  ]);
  expect(archive.leftOut.map(({ path, reason }) => [path, reason.slice(0, 14)])).toEqual([
    ['trip/then/frozen.txt', 'It is archived'],
    ['trip/then/gone.txt', 'Its bytes are '],
  ]);
  const made = String((await files.asset('trip/then/made.txt')).id);
  const changed = String((await files.asset('trip/then/changed.txt')).id);
  expect((await of({ ids: [changed] })).entries).toMatchObject([{ name: 'changed.txt', versionId: 'c1' }]);
  await expect(of({ ids: [made] })).rejects.toMatchObject({ code: 'not_found' });
  await expect(of({ paths: ['elsewhere/'] })).rejects.toMatchObject({ code: 'not_found' });
  const query = { path: 'trip/', q: '', direct: false };
  await expect(of({ query, exclude: [], expectedCount: 1 })).rejects.toMatchObject({ code: 'invalid_request' });
});
