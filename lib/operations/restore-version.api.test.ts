import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { getObjectTags } from '#lib/storage/get-object-tags.ts';
import { headObject, putDeleteMarker } from '#lib/storage/objects.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { listVersions } from '#lib/versions/list-versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { listOperationItems } from './list-operation-items.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

// The real store functions; single tests slip something in between our look and our act.
vi.mock('#lib/storage/copy-version.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/copy-version.ts')>();
  return { ...real, copyVersion: vi.fn(real.copyVersion) };
});
vi.mock('#lib/storage/objects.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/objects.ts')>();
  return { ...real, putDeleteMarker: vi.fn(real.putDeleteMarker) };
});

const { home, files, person: admin } = await openFiles({ rootPrefix: 'm/' }, undefined, 'Elin Sørby');

async function restore(actor: Actor, path: string, versionId: string, more = {}) {
  const selection = { ids: [await files.id(path)] };
  return startOperation(actor, {
    library: home.library.slug,
    type: 'restore-version',
    selection,
    params: { versionId },
    ...more,
  });
}

async function bodyOf(path: string): Promise<string> {
  const { bucket, key } = files.ref(path);
  const answer = await files.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return String(await answer.Body?.transformToString());
}

describe('restoring a version', () => {
  it('adds a version with the same bytes, metadata, content headers and S3 tags, and takes nothing away', async () => {
    const old = await files.put('keep.jpg', 'the first picture', {
      contentType: 'image/jpeg',
      metadata: { camera: 'a7', 'strata-upload': 'x' },
      cacheControl: 'max-age=60',
      disposition: 'attachment; filename="keep.jpg"',
      tags: 'project=a b%2Bc&state=ok',
    });
    const newer = await files.put('keep.jpg', 'the second', { contentType: 'image/png' });
    const { operation } = await restore(admin, 'keep.jpg', old);
    expect(operation).toMatchObject({
      type: 'restore-version',
      state: 'succeeded',
      counts: { total: 1, done: 1 },
      plan: { counts: { copy: 1 }, bytesToCopy: 17 },
    });

    const stored = await files.stored('keep.jpg');
    expect(stored.map((entry) => entry.versionId).slice(1)).toEqual([newer, old]);
    expect(await bodyOf('keep.jpg')).toBe('the first picture');
    const [head, before] = await Promise.all([
      headObject(files.ref('keep.jpg')),
      headObject({ ...files.ref('keep.jpg'), versionId: old }),
    ]);
    expect(head).toMatchObject({
      versionId: stored[0]?.versionId,
      contentType: 'image/jpeg',
      cacheControl: 'max-age=60',
      contentDisposition: 'attachment; filename="keep.jpg"',
      encryption: 'AES256',
      crc64nvme: before?.crc64nvme,
    });
    expect(head?.metadata).toMatchObject({ camera: 'a7', 'strata-upload': 'x' });
    const tags = await getObjectTags({ ...files.ref('keep.jpg'), versionId: String(head?.versionId) });
    expect(new Set(tags.map((tag) => `${tag.key}=${tag.value}`))).toEqual(new Set(['project=a b+c', 'state=ok']));
    expect(await files.asset('keep.jpg')).toMatchObject({
      state: 'live',
      versionId: head?.versionId,
      size: 17n,
      versionCount: 3,
    });

    const { versions } = await listVersions(admin, { id: await files.id('keep.jpg') });
    expect(
      versions.map(({ number, isCurrent, cause, restoredFrom, by }) => ({
        number,
        isCurrent,
        cause,
        restoredFrom,
        by,
      })),
    ).toEqual([
      { number: 3, isCurrent: true, cause: 'restore', restoredFrom: '1', by: { name: 'Elin Sørby', you: true } },
      { number: 2, isCurrent: false, cause: 'unknown', restoredFrom: null, by: null },
      { number: 1, isCurrent: false, cause: 'unknown', restoredFrom: null, by: null },
    ]);

    const undo = await undoOperation(admin, { id: operation.id });
    expect(undo.operation).toMatchObject({ type: 'restore-version', state: 'succeeded' });
    expect(await bodyOf('keep.jpg')).toBe('the second');
    expect(await files.stored('keep.jpg')).toHaveLength(4);
  });

  it('brings a file back that lies in the trash, and undo puts it there again', async () => {
    const old = await files.put('trashed.txt', 'one');
    await files.put('trashed.txt', 'two');
    await files.trash(admin, 'trashed.txt');
    const { operation } = await restore(admin, 'trashed.txt', old);
    expect(operation.state).toBe('succeeded');
    expect(await bodyOf('trashed.txt')).toBe('one');
    const undo = await undoOperation(admin, { id: operation.id });
    expect(undo.operation).toMatchObject({ type: 'trash', state: 'succeeded' });
    expect((await files.stored('trashed.txt')).map((entry) => entry.isDeleteMarker)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(await files.asset('trashed.txt')).toMatchObject({ state: 'trashed' });
  });

  it('has nothing to do for the current version', async () => {
    await files.put('same.txt', 'a');
    const current = await files.put('same.txt', 'b');
    const { operation } = await restore(admin, 'same.txt', current);
    expect(operation).toMatchObject({
      state: 'succeeded',
      undoable: false,
      counts: { skipped: 1 },
      plan: { counts: { unchanged: 1 } },
    });
    expect(await files.stored('same.txt')).toHaveLength(2);
  });

  it('says so when the bytes are gone, known beforehand or found out late', async () => {
    const old = await files.put('gone.txt', 'a');
    await files.put('gone.txt', 'b');
    await removeVersion({ ...files.ref('gone.txt'), versionId: old });
    const late = await restore(admin, 'gone.txt', old);
    expect(late.operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    const { items } = await listOperationItems(admin, { id: late.operation.id });
    expect(items[0]?.error).toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('gone from the store'),
    });
    const known = await restore(admin, 'gone.txt', old);
    expect(known.operation).toMatchObject({ state: 'failed', plan: { counts: { unavailable: 1 } } });
    await expect(restore(admin, 'gone.txt', 'no-such-version')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a delete marker, another key, several files and no version', async () => {
    await files.put('marker.txt', 'a');
    await files.trash(admin, 'marker.txt');
    const marker = String((await files.stored('marker.txt'))[0]?.versionId);
    await expect(restore(admin, 'marker.txt', marker)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(
      restore(admin, 'marker.txt', 'x', { params: { versionId: 'x', key: 'm/other.txt' } }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(restore(admin, 'marker.txt', 'x', { params: {} })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('is refused to a contributor, and changes nothing', async () => {
    const old = await files.put('no/x.txt', 'a');
    await files.put('no/x.txt', 'b');
    const contributor = await home.makeActor([
      { prefix: '', role: 'contributor' },
      { prefix: 'elsewhere/', role: 'admin' },
    ]);
    await expect(restore(contributor, 'no/x.txt', old)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await files.stored('no/x.txt')).toHaveLength(2);
    const local = await home.makeActor([{ prefix: 'no/', role: 'admin' }]);
    expect((await restore(local, 'no/x.txt', old)).operation.state).toBe('succeeded');
  });
});

describe('somebody else at the same time', () => {
  it('is a conflict when a newer version was saved after the plan', async () => {
    const old = await files.put('busy.txt', 'a');
    await files.put('busy.txt', 'b');
    const planned = await restore(admin, 'busy.txt', old, { dryRun: true });
    const newest = await files.write('busy.txt', 'c');
    const { operation } = await runPlannedOperation(admin, { id: planned.operation.id });
    expect(operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect((await files.stored('busy.txt'))[0]?.versionId).toBe(newest);
    expect(await files.asset('busy.txt')).toMatchObject({ versionId: newest });
  });

  it('tells of a version saved between our look and our copy, and undo brings that one back', async () => {
    const old = await files.put('instant.txt', 'old');
    await files.put('instant.txt', 'seen');
    const real = vi.mocked(copyVersion).getMockImplementation();
    vi.mocked(copyVersion).mockImplementationOnce(async (input) => {
      await files.write('instant.txt', 'theirs');
      return (real as typeof copyVersion)(input);
    });
    const { operation } = await restore(admin, 'instant.txt', old);
    expect(operation).toMatchObject({ state: 'failed', undoable: true, counts: { conflict: 1 } });
    expect(await bodyOf('instant.txt')).toBe('old');
    const undo = await undoOperation(admin, { id: operation.id });
    expect(undo.operation.state).toBe('succeeded');
    expect(await bodyOf('instant.txt')).toBe('theirs');
  });

  it('takes our marker away again when a version was saved between our look and our delete', async () => {
    await files.put('covered.txt', 'seen');
    const real = vi.mocked(putDeleteMarker).getMockImplementation();
    vi.mocked(putDeleteMarker).mockImplementationOnce(async (ref) => {
      await files.write('covered.txt', 'theirs');
      return (real as typeof putDeleteMarker)(ref);
    });
    const { operation } = await files.trash(admin, 'covered.txt');
    expect(operation).toMatchObject({ state: 'failed', undoable: false, counts: { conflict: 1 } });
    expect((await files.stored('covered.txt')).map((entry) => entry.isDeleteMarker)).toEqual([false, false]);
    expect(await bodyOf('covered.txt')).toBe('theirs');
  });
});

describe('our own success, met again after a crash', () => {
  const crash = async (id: string) => {
    await db().$executeRaw`
      UPDATE "OperationItem" SET "state" = 'running', "finishedAt" = NULL, "outcome" = NULL, "versionId" = NULL
      WHERE "operationId" = ${BigInt(id)}`;
    await db().operation.update({ where: { id: BigInt(id) }, data: { state: 'queued', finishedAt: null } });
  };

  it('is journaled and not repeated: copy, marker, removal, folder', async () => {
    const { runOperation } = await import('./run-operation.ts');
    const old = await files.put('crash/a.txt', 'a');
    await files.put('crash/a.txt', 'b');
    const copy = await restore(admin, 'crash/a.txt', old);
    await crash(copy.operation.id);
    expect(await runOperation(BigInt(copy.operation.id))).toBe('ended');
    expect(await files.stored('crash/a.txt')).toHaveLength(3);

    const trash = await files.trash(admin, 'crash/a.txt');
    await crash(trash.operation.id);
    expect(await runOperation(BigInt(trash.operation.id))).toBe('ended');
    expect(await files.stored('crash/a.txt')).toHaveLength(4);

    const back = await undoOperation(admin, { id: trash.operation.id });
    expect(back.operation.state).toBe('succeeded');
    await crash(back.operation.id);
    expect(await runOperation(BigInt(back.operation.id))).toBe('ended');
    expect(await files.stored('crash/a.txt')).toHaveLength(3);

    const folder = await startOperation(admin, {
      library: home.library.slug,
      type: 'create-folder',
      selection: { paths: ['crash/new/'] },
    });
    await crash(folder.operation.id);
    expect(await runOperation(BigInt(folder.operation.id))).toBe('ended');
    const states = await db().operationItem.findMany({
      where: { operationId: { in: [copy, trash, back, folder].map((one) => BigInt(one.operation.id)) } },
      select: { state: true, outcome: true },
    });
    expect(states).toHaveLength(4);
    for (const item of states) expect(item).toMatchObject({ state: 'done', outcome: { kind: expect.any(String) } });
    expect((await undoOperation(admin, { id: copy.operation.id })).operation.state).toBe('succeeded');
    expect(await bodyOf('crash/a.txt')).toBe('b');
  });
});
