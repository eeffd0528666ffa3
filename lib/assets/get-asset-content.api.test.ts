import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { putBytes, putDeleteMarker } from '#lib/storage/objects.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { getAsset } from './get-asset.ts';
import { getAssetContent } from './get-asset-content.ts';

let home: TestLibrary;
let admin: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'root/' });
  admin = await home.makeActor();
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const refOf = (path: string) => ({ bucket: home.library.bucket, key: `root/${path}` });

async function put(path: string, body: string, contentType: string): Promise<string> {
  await putBytes(refOf(path), Buffer.from(body), contentType);
  const synced = await syncKey(home.library, refOf(path).key);
  return String(synced?.assetId);
}

async function read(id: string, as: 'inline' | 'attachment', versionId?: string) {
  const { location } = await getAssetContent(admin, { id, as, versionId });
  const response = await fetch(location);
  return {
    body: await response.text(),
    status: response.status,
    type: response.headers.get('content-type'),
    disposition: response.headers.get('content-disposition'),
    cache: response.headers.get('cache-control'),
  };
}

describe('content', () => {
  it('gives exactly the asked version, also of an asset in the trash', async () => {
    const id = await put('two.jpg', 'first', 'image/jpeg');
    await put('two.jpg', 'second', 'image/jpeg');
    const versions = await listKeyVersions(refOf('two.jpg'));
    expect(await read(id, 'attachment')).toMatchObject({ status: 200, body: 'second' });
    expect(await read(id, 'attachment', versions[1]?.versionId)).toMatchObject({ body: 'first' });
    await putDeleteMarker(refOf('two.jpg'));
    await syncKey(home.library, refOf('two.jpg').key);
    expect((await getAsset(admin, { id })).asset).toMatchObject({ state: 'trashed', versionCount: 2, size: 6 });
    expect(await read(id, 'attachment', versions[1]?.versionId)).toMatchObject({ body: 'first' });
    const marker = (await listKeyVersions(refOf('two.jpg')))[0];
    expect(marker?.isDeleteMarker).toBe(true);
    await expect(read(id, 'attachment', marker?.versionId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a version of another asset, an unknown one, and people without a right on the path', async () => {
    const id = await put('mine/a.jpg', 'a', 'image/jpeg');
    await put('secret/b.jpg', 'b', 'image/jpeg');
    const foreign = (await listKeyVersions(refOf('secret/b.jpg')))[0]?.versionId;
    for (const versionId of [foreign, 'null', 'nope', "' OR 1=1"]) {
      await expect(read(id, 'inline', versionId)).rejects.toMatchObject({ code: 'not_found' });
    }
    const person = await home.makeActor([{ prefix: 'secret/', role: 'admin' }]);
    await expect(getAssetContent(person, { id, as: 'inline' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getAsset(person, { id })).rejects.toMatchObject({ code: 'not_found' });
    for (const unknown of ['999999999', '9999999999999999999'])
      await expect(getAsset(admin, { id: unknown })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows pictures under their own type with a cacheable link', async () => {
    const id = await put('photo.JPG', 'jpeg', 'image/jpeg');
    const shown = await read(id, 'inline');
    expect(shown).toMatchObject({ type: 'image/jpeg', cache: 'private, max-age=600, immutable' });
    expect(shown.disposition).toMatch(/^inline;/);
    const [one, two] = await Promise.all([
      getAssetContent(admin, { id, as: 'inline' }),
      getAssetContent(admin, { id, as: 'inline' }),
    ]);
    expect(one.location).toBe(two.location);
  });

  it.each([
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['note.pdf', 'application/pdf'],
  ])('never lets a browser run %s', async (name, type) => {
    const id = await put(name, '<script>alert(1)</script>', type);
    const saved = await read(id, 'inline');
    expect(saved.type).toBe('application/octet-stream');
    expect(saved.disposition).toMatch(/^attachment;/);
  });

  it.each(['Ünïcödé 照片 😀.jpg', "a'b (1)*.jpg", 'صورة.jpg', '100% + #1?.jpg', '"quoted";x.jpg'])(
    'saves %s under its own name',
    async (name) => {
      const id = await put(`names/${name}`, name, 'image/jpeg');
      const saved = await read(id, 'attachment');
      expect(saved.body).toBe(name);
      const encoded = /filename\*=UTF-8''(.+)$/.exec(String(saved.disposition))?.[1];
      expect(decodeURIComponent(String(encoded))).toBe(name);
    },
  );
});

describe('one asset', () => {
  it('says what the caller may do', async () => {
    const id = await put('rights/a.jpg', 'a', 'image/jpeg');
    const wanted = [
      ['viewer', { write: false, restoreVersions: false }],
      ['contributor', { write: true, restoreVersions: false }],
      ['admin', { write: true, restoreVersions: true }],
    ] as const;
    for (const [role, allowed] of wanted) {
      const person = await home.makeActor([{ prefix: 'rights/', role }]);
      expect((await getAsset(person, { id })).asset).toMatchObject({ allowed, path: 'rights/a.jpg', kind: 'image' });
    }
  });
});
