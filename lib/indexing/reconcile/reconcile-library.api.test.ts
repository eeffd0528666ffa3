import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { putBytes, putDeleteMarker, putFolderMarker } from '#lib/storage/objects.ts';
import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { readIndex } from '#scripts/testing/read-index.ts';
import { syncKey } from '../sync-key.ts';
import { claimShard } from './claim-shard.ts';
import { reconcileLibrary } from './reconcile-library.ts';
import { startIndexRun } from './start-index-run.ts';

let test: TestLibrary;
beforeEach(async () => {
  test = await makeTestLibrary({ rootPrefix: 'media/' });
});
afterEach(() => test.remove());
afterAll(closeDb);

const ref = (path: string) => ({ bucket: test.library.bucket, key: `media/${path}` });
const put = (path: string, text = 'x') => putBytes(ref(path), Buffer.from(text), 'text/plain');
const reconcile = (options: Parameters<typeof reconcileLibrary>[1] = {}) => reconcileLibrary(test.library.id, options);
const neverListed = () => db().library.update({ where: { id: test.library.id }, data: { indexedAt: null } });
const differences = async (runId: bigint) =>
  (await db().indexDifference.findMany({ where: { runId }, orderBy: { path: 'asc' } })).map(
    ({ path, cause, repaired }) => `${path} ${cause}${repaired ? '' : ' (kept)'}`,
  );

/** Asks the bucket key by key and compares it with every row of the index: the same, but for milliseconds. */
async function expectIndexEqualsBucket() {
  const index = await readIndex(test.library.id);
  for (const [path, asset] of Object.entries(index.assets)) {
    const listed = await listKeyVersions(ref(path));
    expect(asset.versions).toEqual(listed.map((version) => version.versionId));
  }
  return index;
}

describe('a first listing', () => {
  it('records every key with its history, and says when it agreed', async () => {
    await put('a+b %/ä 😀.jpg', 'one');
    await put('a+b %/ä 😀.jpg', 'second');
    await put('gone/x.txt');
    await putDeleteMarker(ref('gone/x.txt'));
    await put('top.mp4');
    await putFolderMarker(ref('empty/inner/'), { kind: 'AES256' });
    await put('filled/', 'a marker with bytes');
    await putBytes({ bucket: test.library.bucket, key: 'elsewhere.txt' }, Buffer.from('x'), 'text/plain');
    await neverListed();
    const before = new Date();
    const report = await reconcile();
    expect(report).toMatchObject({ kind: 'first', state: 'done', keys: 5, versions: 7, differences: 0, drift: {} });
    const { indexedAt } = await db().library.findUniqueOrThrow({ where: { id: test.library.id } });
    expect(indexedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000);
    const index = await expectIndexEqualsBucket();
    expect(Object.keys(index.assets)).toEqual(['a+b %/ä 😀.jpg', 'filled/', 'gone/x.txt', 'top.mp4']);
    expect(index.assets['a+b %/ä 😀.jpg']).toMatchObject({ state: 'live', size: 6, kind: 'image', name: 'ä 😀.jpg' });
    expect(index.assets['gone/x.txt']).toMatchObject({ state: 'trashed', size: 1 });
    expect(index.assets['filled/']).toMatchObject({ state: 'live', name: 'filled/', irregular: true, size: 19 });
    expect(index.folders).toMatchObject({
      '': { assetCount: 3, bytes: 26 },
      'a+b %/': { assetCount: 1, bytes: 6 },
      'empty/inner/': { marked: true, assetCount: 0 },
      'filled/': { marked: true, assetCount: 0 },
      'gone/': { assetCount: 0 },
    });
  });

  it('is the same as key by key', async () => {
    for (const path of ['p/a.jpg', 'p/b.jpg', 'p/q/c.txt', 'z']) await put(path);
    await put('p/b.jpg', 'again');
    await putDeleteMarker(ref('z'));
    await put('m/', 'bytes');
    for (const path of ['p/a.jpg', 'p/b.jpg', 'p/q/c.txt', 'z', 'm/']) await syncKey(test.library, `media/${path}`);
    const byKey = await readIndex(test.library.id);
    await test.dropIndex();
    await neverListed();
    await reconcile();
    expect(await readIndex(test.library.id)).toEqual(byKey);
  });
});

describe('a later comparison', () => {
  it('finds nothing where nothing changed', async () => {
    for (const path of ['a', 'b/c', 'b/d']) await put(path);
    await putFolderMarker(ref('e/'), { kind: 'AES256' });
    await reconcile();
    expect(await reconcile()).toMatchObject({ kind: 'check', keys: 4, differences: 0 });
  });

  it('names what changed behind its back by cause, and repairs it', async () => {
    for (const path of ['added-version', 'destroyed', 'half', 'same', 'trashed', 'undeleted', 'folder/'])
      await put(path);
    const second = await put('half', 'second');
    const { versionId: marker } = await putDeleteMarker(ref('undeleted'));
    await reconcile();

    await put('added-version', '22');
    await put('fresh');
    for (const { versionId } of await listKeyVersions(ref('destroyed')))
      await removeVersion({ ...ref('destroyed'), versionId });
    await removeVersion({ ...ref('half'), versionId: second.versionId });
    await putDeleteMarker(ref('trashed'));
    await removeVersion({ ...ref('undeleted'), versionId: marker as string });
    await removeVersion({ ...ref('folder/'), versionId: 'null' });
    await db().asset.updateMany({ where: { libraryId: test.library.id, path: 'same' }, data: { size: 999 } });

    const told = await reconcile({ repair: false });
    const expected = {
      added: 1,
      'version-added': 1,
      removed: 2,
      'version-removed': 1,
      trashed: 1,
      'brought-back': 1,
      'details-changed': 1,
    };
    expect(told).toMatchObject({ repair: false, drift: expected, differences: 8 });
    expect(await differences(told.runId)).toContain('fresh added (kept)');
    const repaired = await reconcile();
    expect(repaired.drift).toEqual(expected);
    expect(await differences(repaired.runId)).toEqual([
      'added-version version-added',
      'destroyed removed',
      'folder/ removed',
      'fresh added',
      'half version-removed',
      'same details-changed',
      'trashed trashed',
      'undeleted brought-back',
    ]);
    expect(await reconcile()).toMatchObject({ differences: 0 });
    const index = await expectIndexEqualsBucket();
    expect(index.assets.destroyed).toMatchObject({ state: 'gone' });
    expect(index.folders['folder/']).toMatchObject({ marked: false });
    expect(index.folders['']).toMatchObject({ assetCount: 5 });
  });

  it('drops nothing that a file over its folder hides from listings', async () => {
    await put('photos/one.jpg');
    await putFolderMarker(ref('photos/empty/'), { kind: 'AES256' });
    await reconcile();
    await put('photos');
    const report = await reconcile();
    expect(report.drift).toEqual({ added: 1 });
    const { assets, folders } = await readIndex(test.library.id);
    expect(assets['photos/one.jpg']).toMatchObject({ state: 'live' });
    expect(folders['photos/empty/']).toMatchObject({ marked: true });
  });

  it('does not undo what the index learned while the listing was under way', async () => {
    await put('a', '1');
    await reconcile();
    const { runId } = await startIndexRun(test.library.id, { enqueue: false });
    await put('a', '22');
    await syncKey(test.library, 'media/a');
    expect((await startIndexRun(test.library.id, { enqueue: false })).runId).toBe(runId);
    await reconcile();
    expect((await readIndex(test.library.id)).assets.a).toMatchObject({ size: 2 });
  });
});

describe('several workers', () => {
  it('share one run, and together do it once', async () => {
    const paths = Array.from({ length: 60 }, (_, n) => `f${n % 6}/k${n}.txt`);
    await Promise.all(paths.map((path) => put(path)));
    await neverListed();
    const reports = await Promise.all([reconcile(), reconcile({ lanes: 3 }), reconcile()]);
    expect(new Set(reports.map(({ runId }) => runId)).size).toBe(1);
    expect((await readIndex(test.library.id)).folders['']).toMatchObject({ assetCount: 60, bytes: 60 });
  });

  it('take over from one that died, at its checkpoint', async () => {
    for (const path of ['a', 'b', 'c']) await put(path);
    const { runId } = await startIndexRun(test.library.id, { enqueue: false });
    const dead = await claimShard(runId);
    dead?.release();
    await db().indexShard.updateMany({ where: { runId }, data: { checkpoint: 'a' } });
    expect(await reconcile()).toMatchObject({ state: 'running', keys: 0 });
    const report = await reconcile({ staleSeconds: 0, lanes: 1 });
    expect(report).toMatchObject({ state: 'done', keys: 2, drift: { added: 2 } });
  });

  it('go on after an abort', async () => {
    await put('a');
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(reconcile({ signal: stop })).rejects.toThrow('stopped');
    expect(await reconcile()).toMatchObject({ state: 'done', keys: 1 });
  });
});
