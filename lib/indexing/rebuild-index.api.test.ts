import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { putBytes, putDeleteMarker, putFolderMarker } from '#lib/storage/objects.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { readIndex } from '#scripts/testing/read-index.ts';
import { dropIndex } from './drop-index.ts';
import { foldFolderDeltas } from './fold-folder-deltas.ts';
import { beginRebuild, prepareRebuild, rebuildIndex } from './rebuild-index.ts';
import { reconcileLibrary } from './reconcile/reconcile-library.ts';
import { workOnRun } from './reconcile/work-on-run.ts';
import { recountFolders } from './recount-folders.ts';
import { syncKey } from './sync-key.ts';

let test: TestLibrary;
beforeEach(async () => {
  test = await makeTestLibrary();
});
afterEach(() => test.remove());
afterAll(closeDb);

const put = (key: string, text = key) =>
  putBytes({ bucket: test.library.bucket, key }, Buffer.from(text), 'text/plain');

/** Versions, a trashed file, an empty folder, a folder marker with bytes, and files at every depth. */
async function fill() {
  for (const key of ['a/1.jpg', 'a/b/2.jpg', 'a/b/c/3.mp4', 'top.txt', 'trashed.txt', 'filled/']) await put(key);
  await put('a/1.jpg', 'another version');
  await putDeleteMarker({ bucket: test.library.bucket, key: 'trashed.txt' });
  await putFolderMarker({ bucket: test.library.bucket, key: 'empty/' }, { kind: 'AES256' });
}

async function rebuild() {
  const runId = await db().$transaction((tx) => beginRebuild(tx, test.library.id));
  await prepareRebuild(runId, undefined, false);
  await workOnRun(runId);
  return db().indexRun.findUniqueOrThrow({ where: { id: runId } });
}

/** Folders that nothing is in are rows, and are not shown. */
function visible({ assets, folders }: Awaited<ReturnType<typeof readIndex>>) {
  const shown = Object.entries(folders).filter(([path, folder]) => {
    const below = Object.keys(assets).some((asset) => asset.startsWith(path));
    return (
      folder.marked || below || Object.keys(folders).some((other) => other.startsWith(path) && folders[other]?.marked)
    );
  });
  return { assets, folders: Object.fromEntries(shown) };
}

describe('a rebuild', () => {
  it('gives the same assets, versions, folders and counts', async () => {
    await fill();
    await reconcileLibrary(test.library.id);
    await foldFolderDeltas();
    const before = visible(await readIndex(test.library.id));
    expect(await rebuild()).toMatchObject({ kind: 'rebuild', state: 'done' });
    expect(visible(await readIndex(test.library.id))).toEqual(before);
    const { indexedAt } = await db().library.findUniqueOrThrow({ where: { id: test.library.id } });
    expect(indexedAt).toBeInstanceOf(Date);
  });

  it('heals what was broken, whatever it was', async () => {
    await fill();
    await reconcileLibrary(test.library.id);
    await foldFolderDeltas();
    const before = visible(await readIndex(test.library.id));
    const where = { libraryId: test.library.id };
    await db().folder.updateMany({ where, data: { assetCount: 77n, bytes: 5n } });
    await db().folderDelta.create({ data: { ...where, path: 'a/', assetCount: 3n, bytes: 9n } });
    await db().asset.deleteMany({ where: { ...where, path: 'a/b/2.jpg' } });
    await db().asset.updateMany({ where: { ...where, path: 'top.txt' }, data: { state: 'trashed', size: 1n } });
    const stray = await db().folder.findFirstOrThrow({ where: { ...where, path: 'a/' } });
    await db().asset.create({
      data: {
        ...where,
        folderId: stray.id,
        path: 'a/never-was.txt',
        name: 'never-was.txt',
        state: 'live',
        kind: 'text',
        size: 1n,
        modifiedAt: new Date(),
        versionId: 'v',
      },
    });
    await rebuild();
    expect(visible(await readIndex(test.library.id))).toEqual(before);
  });

  it('keeps tags, what was read from the bytes, and what is written meanwhile', async () => {
    await fill();
    await reconcileLibrary(test.library.id);
    await db().tag.create({ data: { libraryId: test.library.id, key: 'top.txt', name: 'kept' } });
    const { versionId } = await db().asset.findFirstOrThrow({ where: { libraryId: test.library.id, path: 'a/1.jpg' } });
    await db().$executeRaw`
      INSERT INTO "MediaInfo" ("libraryId", "key", "versionId", "etag", "kind", "contentType", "width", "inspectedAt")
      VALUES (${test.library.id}, 'a/1.jpg', ${versionId}, 'e', 'image', 'image/jpeg', 640, now())`;
    const runId = await db().$transaction((tx) => beginRebuild(tx, test.library.id));
    const drop = prepareRebuild(runId, undefined, false);
    await put('new/during.txt');
    await syncKey(test.library, 'new/during.txt');
    await drop;
    await workOnRun(runId);
    const { assets } = await readIndex(test.library.id);
    expect(assets['new/during.txt']).toMatchObject({ state: 'live' });
    expect(await db().tag.count({ where: { libraryId: test.library.id } })).toBe(1);
    expect(await db().mediaInfo.count({ where: { libraryId: test.library.id } })).toBe(1);
    await db().mediaInfo.deleteMany({ where: { libraryId: test.library.id } });
    expect(await findHalfTruths(test.library)).toEqual([]);
  });

  it('goes on where a dead worker left the drop, and asks for the slug', async () => {
    await fill();
    await reconcileLibrary(test.library.id);
    const actor = await test.makeActor();
    const { slug } = test.library;
    await expect(rebuildIndex(actor, { library: slug, confirm: 'yes' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const { run } = await rebuildIndex(actor, { library: slug, confirm: slug });
    await dropIndex(test.library.id);
    await prepareRebuild(BigInt(run.id), undefined, false);
    await prepareRebuild(BigInt(run.id), undefined, false);
    await workOnRun(BigInt(run.id));
    expect(await findHalfTruths(test.library)).toEqual([]);
    expect(await db().auditEvent.count({ where: { libraryId: test.library.id, type: 'index.rebuild-started' } })).toBe(
      1,
    );
  });
});

describe('recountFolders', () => {
  it('counts right while files are recorded and counts are folded', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `f${n % 3}/k${n}.txt`);
    for (const key of keys) await put(key);
    await Promise.all([
      ...keys.map((key) => syncKey(test.library, key)),
      ...Array.from({ length: 4 }, () => recountFolders(test.library.id)),
      ...Array.from({ length: 4 }, () => foldFolderDeltas()),
    ]);
    expect(await findHalfTruths(test.library)).toEqual([]);
  });
});
