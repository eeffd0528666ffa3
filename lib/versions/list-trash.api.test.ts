import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { listTrash } from './list-trash.ts';

let home: TestLibrary;
let files: TestFiles;
let person: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'lib/' });
  files = testFiles(home);
  person = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Priya Raman');
  for (const path of ['a/1.jpg', 'a/2.jpg', 'a/deep/3.jpg', 'b/4.jpg', 'ab/5.jpg']) await files.put(path, 'old one');
  await files.put('a/1.jpg', 'newer');
  for (const path of ['a/1.jpg', 'a/2.jpg', 'a/deep/3.jpg', 'b/4.jpg']) await files.trash(person, path);
  await putDeleteMarker(files.ref('ab/5.jpg'));
  await syncKey(home.library, files.ref('ab/5.jpg').key);
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const trash = (actor: Actor, more = {}) => listTrash(actor, { library: home.library.slug, ...more });
const names = async (actor: Actor, more = {}) => (await trash(actor, more)).entries.map((entry) => entry.path);

describe('the trash', () => {
  it('lists the newest first with who did it, and counts the bytes of all versions', async () => {
    const { entries, totals, nextCursor } = await trash(person);
    expect(entries.map((entry) => [entry.path, entry.by?.name ?? null])).toEqual([
      ['ab/5.jpg', null],
      ['b/4.jpg', 'Priya Raman'],
      ['a/deep/3.jpg', 'Priya Raman'],
      ['a/2.jpg', 'Priya Raman'],
      ['a/1.jpg', 'Priya Raman'],
    ]);
    expect(entries.at(-1)).toMatchObject({
      name: '1.jpg',
      kind: 'image',
      size: 5,
      versionCount: 2,
      by: { you: true },
      allowed: { restore: true, restoreVersions: false },
    });
    expect(totals).toEqual({ assetCount: 5, bytes: 7 * 5 + 5 });
    expect(nextCursor).toBeNull();
  });

  it('holds every file once over pages', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await trash(person, { limit: 2, cursor });
      expect(page.totals === null).toBe(cursor !== undefined);
      seen.push(...page.entries.map((entry) => entry.path));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(await names(person));
    const forged = Buffer.from(JSON.stringify(['2026-13-45T00:00:00Z', '1'])).toString('base64url');
    for (const bad of ['x', forged])
      await expect(trash(person, { cursor: bad })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('is narrowed to a folder, and to what the actor may see and restore', async () => {
    expect(await names(person, { path: 'a/' })).toEqual(['a/deep/3.jpg', 'a/2.jpg', 'a/1.jpg']);
    const viewer = await home.makeActor([
      { prefix: 'a/deep/', role: 'viewer' },
      { prefix: 'b/', role: 'contributor' },
    ]);
    const { entries, totals } = await trash(viewer);
    expect(entries.map((entry) => [entry.path, entry.allowed.restore])).toEqual([
      ['b/4.jpg', true],
      ['a/deep/3.jpg', false],
    ]);
    expect(totals?.assetCount).toBe(2);
    expect(await names(viewer, { path: 'a/' })).toEqual(['a/deep/3.jpg']);
    expect(await names(viewer, { path: 'ab/' })).toEqual([]);
    for (const path of ['a', 'a\u0000/', '\ud800/'])
      await expect(trash(person, { path })).rejects.toMatchObject({ code: 'not_found' });
    const stranger = await home.makeActor([]);
    await expect(trash(stranger)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets go of what was restored', async () => {
    await startOperation(person, { library: home.library.slug, type: 'untrash', selection: { paths: ['b/'] } });
    expect(await names(person, { path: 'b/' })).toEqual([]);
  });
});
