import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
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
