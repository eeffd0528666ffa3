import { describe, expect, it } from 'vitest';
import { db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { createMultipart, listMultiparts } from '#lib/storage/multipart.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { getOperation } from './get-operation.ts';
import { runOperation } from './run-operation.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import type { Ghosts } from './schema.ts';
import { startOperation } from './start-operation.ts';

const { home, files, person: admin } = await openFiles();

const plan = (folder: string, ghosts: Ghosts, more: { dryRun?: boolean; expectedCount?: number } = {}, actor = admin) =>
  startOperation(actor, {
    library: home.library.slug,
    type: 'purge',
    selection: { paths: [folder] },
    params: { ghosts, ...(more.expectedCount === undefined ? {} : { expectedCount: more.expectedCount }) },
    dryRun: more.dryRun ?? true,
  });
/** As the worker does: content is destroyed nowhere else. */
async function work(id: string) {
  const { operation } = await runPlannedOperation(admin, { id });
  expect(operation.state).toBe('queued');
  await runOperation(BigInt(id));
  return (await getOperation(admin, { id })).operation;
}
const ids = async (path: string) => (await files.stored(path)).map(({ versionId }) => versionId);
const old = { kind: 'old-versions', olderThanDays: 0, keepNewest: 0 } as const;

describe('cleaning up old versions', () => {
  it('says what goes, takes exactly that, and leaves the newest and what one of them has become', async () => {
    const [v1, v2, v3] = [
      await files.put('o/a.txt', '1'),
      await files.put('o/a.txt', '22'),
      await files.put('o/a.txt', '333'),
    ];
    const w1 = await files.put('o/b.txt', '1');
    await files.put('o/b.txt', '2');
    const planned = (await plan('o/', { ...old, keepNewest: 0 })).operation;
    expect(planned).toMatchObject({ state: 'planned', bytes: 4, plan: { counts: { purge: 3 } }, counts: { total: 2 } });
    // Somebody takes the newer version of b away: the old one is what the file is now.
    const [top] = await files.stored('o/b.txt');
    await removeVersion({ ...files.ref('o/b.txt'), versionId: String(top?.versionId) });
    const done = await work(planned.id);
    expect(done).toMatchObject({ state: 'partial', counts: { done: 1, conflict: 1 }, undoable: false });
    expect(await ids('o/a.txt')).toEqual([v3]);
    expect([v1, v2]).not.toContain(v3);
    expect(await ids('o/b.txt')).toEqual([w1]);
    const rows = await db().version.findMany({
      where: { asset: { libraryId: home.library.id, path: 'o/a.txt' }, removedAt: null },
    });
    expect(rows.map(({ versionId }) => versionId)).toEqual([v3]);
  });

  it('asks for the number, for an admin of the place, and for one folder', async () => {
    await files.put('p/a.txt', '1');
    await files.put('p/a.txt', '2');
    await expect(plan('p/', old, { dryRun: false })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(plan('p/', old, { dryRun: false, expectedCount: 2 })).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(plan('p/a.txt', old)).rejects.toMatchObject({ code: 'invalid_request' });
    const contributor = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    await expect(plan('p/', old, {}, contributor)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await plan('p/', { ...old, olderThanDays: 1 })).operation.plan.counts.purge).toBe(0);
    const { operation } = await plan('p/', old, { dryRun: false, expectedCount: 1 });
    await runOperation(BigInt(operation.id));
    expect(await ids('p/a.txt')).toHaveLength(1);
  });
});

it('takes delete markers away under which nothing is left, and no other', async () => {
  const gone = await files.put('m/gone.txt', '1');
  await files.put('m/hidden.txt', '1');
  await files.trash(admin, 'm/gone.txt', 'm/hidden.txt');
  await removeVersion({ ...files.ref('m/gone.txt'), versionId: gone });
  await syncKey(home.library, files.ref('m/gone.txt').key);
  const { operation } = await plan('m/', { kind: 'markers' });
  expect(operation).toMatchObject({ bytes: 0, plan: { counts: { purge: 1 }, samples: [{ path: 'm/gone.txt' }] } });
  expect(await work(operation.id)).toMatchObject({ state: 'succeeded', counts: { done: 1 } });
  expect(await ids('m/gone.txt')).toEqual([]);
  expect(await ids('m/hidden.txt')).toHaveLength(2);
});

it('takes unfinished uploads of others away once they are old, and none that somebody is at', async () => {
  const begin = (path: string) =>
    createMultipart({
      ref: files.ref(path),
      contentType: 'application/octet-stream',
      encryption: { kind: 'none' },
      metadata: {},
    });
  await begin('u/never.bin');
  const { storeUploadId } = await begin('u/taken-up.bin');
  await begin('elsewhere.bin');
  expect((await plan('u/', { kind: 'uploads', olderThanDays: 1 })).operation.counts.total).toBe(0);
  const { operation } = await plan('u/', { kind: 'uploads', olderThanDays: 0 });
  expect(operation.plan).toMatchObject({
    counts: { purge: 2 },
    samples: [{ path: 'u/never.bin' }, { path: 'u/taken-up.bin' }],
  });
  // Between the plan and the run somebody goes on with one of them.
  await db().upload.create({
    data: {
      id: crypto.randomUUID(),
      libraryId: home.library.id,
      userId: admin.userId,
      ...{ key: files.ref('u/taken-up.bin').key, path: 'u/taken-up.bin', size: 1n, contentType: 'text/plain' },
      ...{ kind: 'multipart', ifExists: 'fail', state: 'uploading', storeUploadId },
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  expect(await work(operation.id)).toMatchObject({ state: 'partial', counts: { done: 1, conflict: 1 } });
  const left = await listMultiparts({ bucket: home.library.bucket, prefix: '' });
  expect(left.map(({ key }) => key).sort()).toEqual(['elsewhere.bin', 'u/taken-up.bin']);
  expect((await plan('u/', { kind: 'uploads', olderThanDays: 0 })).operation.counts.total).toBe(0);
});
