import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { previewClassChange } from '#lib/cost/preview-class-change.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { getObjectTags } from '#lib/storage/get-object-tags.ts';
import { headObject } from '#lib/storage/objects.ts';
import { readBytes } from '#lib/storage/read-object.ts';
import { listVersions } from '#lib/versions/list-versions.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { ThawingRelay } from '#scripts/testing/thawing-relay.ts';
import { runOperation } from './run-operation.ts';
import type { OperationParams } from './schema.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

let relay: ThawingRelay;
let home: TestLibrary;
let files: TestFiles;
let admin: Actor;

beforeAll(async () => {
  relay = await ThawingRelay.before(String(process.env.S3_ENDPOINT));
  process.env.S3_ENDPOINT = relay.url;
  home = await makeTestLibrary();
  files = testFiles(home);
  admin = await home.makeActor();
});
afterAll(async () => {
  await home.remove();
  await closeDb();
  await relay.close();
});

type Class = NonNullable<OperationParams['storageClass']>;
const change = (path: string, storageClass: Class, more: OperationParams = {}, actor = admin) =>
  startOperation(actor, {
    library: home.library.slug,
    type: 'reclass',
    selection: { paths: [path] },
    params: { storageClass, ...more },
  });
const classes = async (path: string) => (await files.stored(path)).map(({ storageClass }) => storageClass);
const lean = 'REDUCED_REDUNDANCY';

describe('changing the storage class on MinIO', () => {
  it('adds a version in the class with all that belongs to it, says so in the history, and is undone', async () => {
    await files.put('a/full.txt', 'the bytes', {
      contentType: 'text/markdown',
      metadata: { from: 'elsewhere' },
      cacheControl: 'no-cache',
      tags: 'kind=raw',
    });
    const { operation } = await change('a/', lean);
    expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 1 }, undoable: true });
    expect(await classes('a/full.txt')).toEqual([lean, 'STANDARD']);
    const [top] = await files.stored('a/full.txt');
    const ref = { ...files.ref('a/full.txt'), versionId: String(top?.versionId) };
    expect(await headObject(ref)).toMatchObject({
      storageClass: lean,
      contentType: 'text/markdown',
      cacheControl: 'no-cache',
      metadata: { from: 'elsewhere' },
    });
    expect(await getObjectTags(ref)).toEqual([{ key: 'kind', value: 'raw' }]);
    expect((await readBytes(ref, { maxBytes: 100 })).toString()).toBe('the bytes');
    expect(await files.asset('a/full.txt')).toMatchObject({ storageClass: lean, versionId: top?.versionId });
    const { versions } = await listVersions(admin, { id: await files.id('a/full.txt') });
    expect(versions[0]).toMatchObject({ cause: 'reclass', restoredFrom: '1', by: { you: true } });

    const again = (await change('a/', lean)).operation;
    expect(again).toMatchObject({ state: 'succeeded', counts: { done: 0, skipped: 1 } });

    const undone = (await undoOperation(admin, { id: operation.id })).operation;
    expect(undone).toMatchObject({ state: 'succeeded', type: 'reclass', counts: { done: 1 } });
    expect(await classes('a/full.txt')).toEqual(['STANDARD', lean, 'STANDARD']);
    await undoOperation(admin, { id: undone.id });
    expect((await classes('a/full.txt'))[0]).toBe(lean);
  });

  it('refuses a class that the store refuses, in its words, and a file changed meanwhile is left as it is', async () => {
    await files.put('b.txt', 'one');
    await expect(change('b.txt', 'GLACIER')).rejects.toMatchObject({
      code: 'not_supported_by_store',
      detail: expect.stringContaining('InvalidStorageClass'),
    });
    await expect(
      startOperation(admin, { library: home.library.slug, type: 'reclass', selection: { paths: ['b.txt'] } }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
    await files.write('b.txt', 'two, behind the index');
    const { operation } = await change('b.txt', lean);
    expect(operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect(await classes('b.txt')).toEqual(['STANDARD', 'STANDARD']);
  });

  it('takes its own work of a runner that died for done, so that it can be undone', async () => {
    await files.put('crash.txt', 'bytes');
    const { operation } = await change('crash.txt', lean);
    const item = { operationId: BigInt(operation.id) };
    await db().operation.update({
      where: { id: item.operationId },
      data: { state: 'queued', finishedAt: null, claimedBy: null, heartbeatAt: null },
    });
    await db().$executeRaw`UPDATE "OperationItem" SET "state" = 'running', "outcome" = NULL, "finishedAt" = NULL
      WHERE "operationId" = ${item.operationId}`;
    expect(await runOperation(item.operationId)).toBe('ended');
    expect(await classes('crash.txt')).toEqual([lean, 'STANDARD']);
    await undoOperation(admin, { id: operation.id });
    expect(await classes('crash.txt')).toEqual(['STANDARD', lean, 'STANDARD']);
  });

  it('thaws what is archived first, when asked to', async () => {
    const versionId = await files.write('cold.txt', 'frozen');
    relay.archive(versionId, 'DEEP_ARCHIVE');
    await syncKey(home.library, files.ref('cold.txt').key);
    const without = (await change('cold.txt', 'STANDARD')).operation;
    expect(without).toMatchObject({ state: 'failed', counts: { failed: 1 }, plan: { counts: { thaw: 1 } } });
    const { operation } = await change('cold.txt', 'STANDARD', { thaw: { tier: 'Bulk', days: 1 } });
    expect(operation).toMatchObject({ state: 'queued', thawing: { count: 1 } });
    expect(relay.asked.at(-1)).toMatchObject({ versionId, tier: 'Bulk' });
  });

  it('is for admins of the place, and so is its preview', async () => {
    await files.put('c/one.txt', 'one');
    const contributor = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    const selection = { paths: ['c/'] };
    await expect(change('c/', lean, {}, contributor)).rejects.toMatchObject({ code: 'forbidden' });
    const preview = (actor: Actor) => previewClassChange(actor, { library: home.library.slug, selection });
    await expect(preview(contributor)).rejects.toMatchObject({ code: 'forbidden' });
    const there = await home.makeActor([{ prefix: 'c/', role: 'admin' }]);
    const { files: count, now, offers } = (await preview(there)).preview;
    expect({ count, classes: now.classes }).toEqual({
      count: 1,
      classes: [{ storageClass: 'STANDARD', count: 1, bytes: 3 }],
    });
    expect(
      offers.filter(({ refusal }) => refusal === null).map(({ storageClass, count: n }) => [storageClass, n]),
    ).toEqual([
      ['STANDARD', 0],
      [lean, 1],
    ]);
  });
});
