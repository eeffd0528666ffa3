import { afterAll, beforeAll, expect, it } from 'vitest';
import { getAssetEncryption } from '#lib/assets/get-asset-encryption.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { lookAtEncryption } from '#lib/guardrails/look-at-encryption.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { headObject, putBytes } from '#lib/storage/objects.ts';
import { readBytes } from '#lib/storage/read-object.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { startOperation } from './start-operation.ts';

let test: TestLibrary;
let admin: Actor;
let clear: string;
let encrypted: string;
const ref = (key: string) => ({ bucket: test.library.bucket, key });

beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
  await putBytes(ref('clear.txt'), 'in the clear', 'text/markdown', { metadata: { from: 'elsewhere' } });
  await putBytes(ref('safe.txt'), 'encrypted', 'text/plain', { encryption: { kind: 'AES256' } });
  clear = String((await syncKey(test.library, 'clear.txt'))?.assetId);
  encrypted = String((await syncKey(test.library, 'safe.txt'))?.assetId);
});
afterAll(async () => {
  await test?.remove();
  await closeDb();
});
const look = () => lookAtEncryption(admin, { library: test.library.slug });
const run = (actor: Actor) =>
  startOperation(actor, { library: test.library.slug, type: 'reencrypt', selection: { ids: [clear, encrypted] } });

it('says of each file and of the library what is not as wanted', async () => {
  expect(await getAssetEncryption(admin, { id: clear })).toMatchObject({ encryption: null, asWanted: false });
  expect(await getAssetEncryption(admin, { id: encrypted })).toMatchObject({ encryption: 'AES256', asWanted: true });
  expect(await look()).toEqual({
    total: 2,
    looked: 2,
    kinds: { AES256: 1, none: 1 },
    differing: [{ id: clear, path: 'clear.txt', encryption: null }],
    wanted: 'AES256',
    nextCursor: null,
  });
});

it('is for admins', async () => {
  const contributor = await test.makeActor([{ prefix: '', role: 'contributor' }]);
  await expect(run(contributor)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(lookAtEncryption(contributor, { library: test.library.slug })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

it('puts the same bytes on top, encrypted, keeps the version beneath, and is not undone', async () => {
  const { operation } = await run(admin);
  expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 1, skipped: 1 }, undoable: false });
  const [top, beneath] = await listKeyVersions(ref('clear.txt'));
  const head = await headObject({ ...ref('clear.txt'), versionId: String(top?.versionId) });
  expect(head).toMatchObject({ encryption: 'AES256', contentType: 'text/markdown', metadata: { from: 'elsewhere' } });
  const bytes = await readBytes({ ...ref('clear.txt'), versionId: String(top?.versionId) }, { maxBytes: 100 });
  expect(bytes.toString()).toBe('in the clear');
  expect(beneath?.isDeleteMarker).toBe(false);
  expect(await listKeyVersions(ref('safe.txt'))).toHaveLength(1);
  expect((await look()).differing).toEqual([]);

  const again = await run(admin);
  expect(again.operation).toMatchObject({ state: 'succeeded', counts: { done: 0, skipped: 2 } });
  expect(await listKeyVersions(ref('clear.txt'))).toHaveLength(2);
});
