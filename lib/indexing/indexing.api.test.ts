import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { headObject, putBytes, putDeleteMarker, putFolderMarker } from '#lib/storage/objects.ts';
import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { applyListing } from './apply-listing.ts';
import { foldFolderDeltas } from './fold-folder-deltas.ts';
import { recordFirstVersion } from './record-first-version.ts';
import { syncKey } from './sync-key.ts';
import { takeTicket } from './take-ticket.ts';

let test: TestLibrary;
beforeAll(async () => {
  test = await makeTestLibrary();
});
afterAll(async () => {
  await test.remove();
  await closeDb();
});

const put = (key: string, text: string) =>
  putBytes({ bucket: test.library.bucket, key }, Buffer.from(text), 'text/plain');
const assetAt = (path: string) =>
  db().asset.findUniqueOrThrow({
    where: { libraryId_path: { libraryId: test.library.id, path } },
    include: { versions: { orderBy: { seq: 'asc' } } },
  });

/** What the rollup of a folder says: folded and waiting together. */
async function totalOf(path: string): Promise<{ count: number; bytes: number }> {
  const rows = await db().$queryRaw<{ count: bigint; bytes: bigint }[]>`
    SELECT f."assetCount" + coalesce(sum(d."assetCount"), 0) AS count, f."bytes" + coalesce(sum(d."bytes"), 0) AS bytes
    FROM "Folder" f LEFT JOIN "FolderDelta" d ON d."libraryId" = f."libraryId" AND starts_with(d."path", f."path")
    WHERE f."libraryId" = ${test.library.id} AND f."path" = ${path} GROUP BY f."id"`;
  return { count: Number(rows[0]?.count), bytes: Number(rows[0]?.bytes) };
}

describe('syncKey', () => {
  it('records versions in the order of the store, the current pointer and the rollup', async () => {
    await put('one/a.txt', 'first');
    await put('one/a.txt', 'second!');
    await syncKey(test.library, 'one/a.txt');
    const asset = await assetAt('one/a.txt');
    const stored = await listKeyVersions({ bucket: test.library.bucket, key: 'one/a.txt' });
    expect(asset.versions.map((version) => version.versionId)).toEqual(
      stored.map((version) => version.versionId).reverse(),
    );
    expect(asset).toMatchObject({ state: 'live', size: 7n, versionCount: 2, versionId: stored[0]?.versionId });
    expect(await totalOf('one/')).toEqual({ count: 1, bytes: 7 });
    expect(await totalOf('')).toMatchObject({ count: 1 });
  });

  it('follows a delete marker into the trash and its removal back, and the rollup with it', async () => {
    await put('two/b.txt', 'bytes');
    await syncKey(test.library, 'two/b.txt');
    const { versionId } = await putDeleteMarker({ bucket: test.library.bucket, key: 'two/b.txt' });
    await syncKey(test.library, 'two/b.txt');
    expect(await assetAt('two/b.txt')).toMatchObject({ state: 'trashed', size: 5n });
    expect((await assetAt('two/b.txt')).trashedAt).toBeInstanceOf(Date);
    expect(await totalOf('two/')).toEqual({ count: 0, bytes: 0 });

    await removeVersion({ bucket: test.library.bucket, key: 'two/b.txt', versionId: versionId as string });
    await syncKey(test.library, 'two/b.txt');
    const asset = await assetAt('two/b.txt');
    expect(asset.state).toBe('live');
    expect(asset.versions.map((version) => [version.isDeleteMarker, version.removedAt !== null])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(await totalOf('two/')).toEqual({ count: 1, bytes: 5 });
  });

  it('says that an asset is gone when its last version is', async () => {
    await put('three.txt', 'x');
    await syncKey(test.library, 'three.txt');
    const { versionId } = await assetAt('three.txt');
    await removeVersion({ bucket: test.library.bucket, key: 'three.txt', versionId });
    await syncKey(test.library, 'three.txt');
    const asset = await assetAt('three.txt');
    expect(asset.state).toBe('gone');
    expect(asset.versions[0]?.removedAt).toBeInstanceOf(Date);
  });

  it('drops nothing that a file over its folder hides from listings', async () => {
    await put('photos/inside.txt', 'hidden');
    await syncKey(test.library, 'photos/inside.txt');
    const file = await put('photos', 'a file where a folder is');
    const { bucket } = test.library;
    expect(await listKeyVersions({ bucket, key: 'photos/inside.txt' })).toEqual([]);
    await syncKey(test.library, 'photos/inside.txt');
    const asset = await assetAt('photos/inside.txt');
    expect(asset.state).toBe('live');
    expect(asset.versions[0]?.removedAt).toBeNull();
    await removeVersion({ bucket, key: 'photos', versionId: file.versionId });
  });

  it('applies the newest look, whichever comes last', async () => {
    await put('late.txt', '1');
    const early = await takeTicket();
    const earlyList = await listKeyVersions({ bucket: test.library.bucket, key: 'late.txt' });
    await put('late.txt', '22');
    await syncKey(test.library, 'late.txt');
    await db().$transaction((tx) => applyListing(tx, test.library, 'late.txt', early, earlyList));
    expect(await assetAt('late.txt')).toMatchObject({ size: 2n, versionCount: 2 });
  });

  it('is the same when many run at once', async () => {
    for (let n = 0; n < 4; n += 1) await put('busy/k.txt', 'x'.repeat(n + 1));
    await Promise.all(Array.from({ length: 8 }, () => syncKey(test.library, 'busy/k.txt')));
    const asset = await assetAt('busy/k.txt');
    expect(asset.versions.map((version) => Number(version.size))).toEqual([1, 2, 3, 4]);
    expect(await totalOf('busy/')).toEqual({ count: 1, bytes: 4 });
  });

  it('remembers a folder marker and forgets it', async () => {
    const { versionId } = await putFolderMarker({ bucket: test.library.bucket, key: 'empty/' }, { kind: 'AES256' });
    await syncKey(test.library, 'empty/');
    const where = { libraryId_path: { libraryId: test.library.id, path: 'empty/' } };
    expect((await db().folder.findUniqueOrThrow({ where })).markerVersionId).toBe(versionId);
    await removeVersion({ bucket: test.library.bucket, key: 'empty/', versionId });
    await syncKey(test.library, 'empty/');
    expect((await db().folder.findUniqueOrThrow({ where })).markerVersionId).toBeNull();
  });
});

describe('recordFirstVersion', () => {
  const record = async (key: string) => {
    const ticket = await takeTicket();
    const head = await headObject({ bucket: test.library.bucket, key });
    if (!head) throw new Error(`${key} is not there`);
    return db().$transaction((tx) => recordFirstVersion(tx, test.library, head, ticket));
  };

  it('records a new key from its HEAD, with type and checksum', async () => {
    await put('first/new.txt', 'fresh');
    expect(await record('first/new.txt')).toMatchObject({ path: 'first/new.txt', state: 'live' });
    const asset = await assetAt('first/new.txt');
    expect(asset).toMatchObject({ size: 5n, contentType: 'text/plain', kind: 'text' });
  });

  it('leaves a key that the index knows to syncKey', async () => {
    await put('first/known.txt', '1');
    await syncKey(test.library, 'first/known.txt');
    await put('first/known.txt', '22');
    expect(await record('first/known.txt')).toBeNull();
  });

  it('leaves everything to syncKey while the bucket was never listed', async () => {
    await put('first/unlisted.txt', '1');
    const ticket = await takeTicket();
    const head = await headObject({ bucket: test.library.bucket, key: 'first/unlisted.txt' });
    const unlisted = { ...test.library, indexedAt: null };
    expect(
      await db().$transaction((tx) => recordFirstVersion(tx, unlisted, head as NonNullable<typeof head>, ticket)),
    ).toBeNull();
  });
});

describe('foldFolderDeltas', () => {
  it('moves the waiting rows into the folder and all above it, the root included', async () => {
    await put('deep/er/f.txt', '12345');
    await put('root-file.txt', '123');
    await syncKey(test.library, 'deep/er/f.txt');
    await syncKey(test.library, 'root-file.txt');
    const before = await totalOf('');
    while ((await foldFolderDeltas()) > 0);
    const folder = (path: string) =>
      db().folder.findUniqueOrThrow({ where: { libraryId_path: { libraryId: test.library.id, path } } });
    expect(await folder('deep/er/')).toMatchObject({ assetCount: 1n, bytes: 5n });
    expect(await folder('deep/')).toMatchObject({ assetCount: 1n, bytes: 5n });
    expect(Number((await folder('')).assetCount)).toBe(before.count);
    expect(await db().folderDelta.count({ where: { libraryId: test.library.id } })).toBe(0);
  });
});
