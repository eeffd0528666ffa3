import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { removeDeleteMarker, removeVersion } from '#lib/storage/versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { getOperation } from './get-operation.ts';
import { listOperationItems } from './list-operation-items.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

const { home, files, person } = await openFiles(
  { rootPrefix: 'media/' },
  [{ prefix: '', role: 'contributor' }],
  'Jonas Weber',
);
const viewer = await home.makeActor([{ prefix: '', role: 'viewer' }]);

const start = (actor: Actor, type: 'trash' | 'untrash' | 'create-folder', paths: string[], more = {}) =>
  startOperation(actor, { library: home.library.slug, type, selection: { paths }, ...more });

describe('moving to the trash and back', () => {
  it('puts one marker on each file, says so in index and journal, and undo removes exactly those', async () => {
    const first = await files.put('one/a.txt', 'a');
    await files.put('one/b.txt', 'bb');
    const { operation } = await start(person, 'trash', ['one/a.txt', 'one/b.txt']);
    expect(operation).toMatchObject({
      state: 'succeeded',
      undoable: true,
      counts: { total: 2, done: 2, pending: 0 },
      bytes: 3,
    });
    const stored = await files.stored('one/a.txt');
    expect(stored.map((entry) => entry.isDeleteMarker)).toEqual([true, false]);
    expect(stored[1]?.versionId).toBe(first);
    expect(await files.asset('one/a.txt')).toMatchObject({ state: 'trashed' });

    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({
      type: 'untrash',
      state: 'succeeded',
      undoOf: operation.id,
      counts: { done: 2 },
    });
    expect((await files.stored('one/a.txt')).map((entry) => entry.versionId)).toEqual([first]);
    expect(await files.asset('one/a.txt')).toMatchObject({ state: 'live', versionId: first });
    expect((await getOperation(person, { id: operation.id })).operation).toMatchObject({
      undoable: false,
      undoneBy: undo.operation.id,
    });
    await expect(undoOperation(person, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
    // An undo is an operation like any other: it can be undone.
    const redo = await undoOperation(person, { id: undo.operation.id });
    expect(redo.operation).toMatchObject({ type: 'trash', state: 'succeeded' });
    expect(await files.asset('one/a.txt')).toMatchObject({ state: 'trashed' });
  });

  it('writes the audit in the same transaction, with the folder that holds all', async () => {
    await files.put('audit/x/a.txt', 'a');
    await files.put('audit/y/b.txt', 'b');
    const { operation } = await start(person, 'trash', ['audit/x/a.txt', 'audit/y/b.txt']);
    const events = await db().auditEvent.findMany({ where: { operationId: BigInt(operation.id) } });
    expect(events).toMatchObject([
      {
        type: 'operation.started',
        path: 'audit/',
        userId: person.userId,
        actorName: 'Jonas Weber',
        data: { operation: 'trash', total: 2 },
      },
    ]);
  });

  it('takes a folder with all below and its empty-folder objects, and brings all of it back', async () => {
    await start(person, 'create-folder', ['tree/']);
    await start(person, 'create-folder', ['tree/empty/']);
    await files.put('tree/a.txt', 'a');
    await files.put('tree/deep/b.txt', 'b');
    await files.put('treehouse.txt', 'not below');
    const { operation } = await start(person, 'trash', ['tree/']);
    expect(operation).toMatchObject({ state: 'succeeded', counts: { total: 4, done: 4 } });
    expect(await files.stored('tree/empty/')).toEqual([]);
    expect(await files.asset('tree/deep/b.txt')).toMatchObject({ state: 'trashed' });
    expect(await files.asset('treehouse.txt')).toMatchObject({ state: 'live' });
    expect(await folderMarkers('tree/')).toEqual([]);

    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({ state: 'succeeded', counts: { done: 4 } });
    expect((await files.stored('tree/empty/')).map((entry) => [entry.size, entry.isDeleteMarker])).toEqual([
      [0, false],
    ]);
    expect(await folderMarkers('tree/')).toEqual(['tree/', 'tree/empty/']);
    expect(await files.asset('tree/deep/b.txt')).toMatchObject({ state: 'live' });
    const redo = await undoOperation(person, { id: undo.operation.id });
    expect(redo.operation).toMatchObject({ state: 'succeeded', counts: { done: 4 } });
    expect(await folderMarkers('tree/')).toEqual([]);
  });

  it('leaves a folder object that holds bytes, since this store would destroy them', async () => {
    await files.put('odd/', 'somebody wrote here');
    const { operation } = await start(person, 'trash', ['odd/']);
    expect(operation).toMatchObject({ state: 'failed', undoable: false, counts: { conflict: 1 } });
    expect((await files.stored('odd/'))[0]?.size).toBe(19);
  });

  it('is a conflict and not a deletion when somebody saved a newer version since', async () => {
    await files.put('race/a.txt', 'seen');
    await files.put('race/b.txt', 'fine');
    const planned = await start(person, 'trash', ['race/a.txt', 'race/b.txt'], { dryRun: true });
    expect(planned.operation).toMatchObject({ state: 'planned', undoable: false, plan: { counts: { addMarker: 2 } } });
    expect(await files.stored('race/a.txt')).toHaveLength(1);
    const newer = await files.write('race/a.txt', 'newer');
    const { operation } = await runPlannedOperation(person, { id: planned.operation.id });
    expect(operation).toMatchObject({ state: 'partial', counts: { done: 1, conflict: 1 } });
    const { items } = await listOperationItems(person, { id: operation.id, state: 'conflict' });
    expect(items).toMatchObject([{ path: 'race/a.txt', error: { code: 'version_changed' } }]);
    // The index has caught up with what was found.
    expect(await files.asset('race/a.txt')).toMatchObject({ state: 'live', versionId: newer });
    await expect(runPlannedOperation(person, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('skips what is in the trash already, and names what the store no longer has', async () => {
    await files.put('skip/a.txt', 'a');
    await start(person, 'trash', ['skip/a.txt']);
    const again = await start(person, 'trash', ['skip/a.txt']);
    expect(again.operation).toMatchObject({ state: 'succeeded', undoable: false, counts: { skipped: 1, done: 0 } });
    // Deleted behind our back: the index thinks that it is live.
    await files.put('skip/b.txt', 'b');
    await putDeleteMarker(files.ref('skip/b.txt'));
    const late = await start(person, 'trash', ['skip/b.txt']);
    expect(late.operation).toMatchObject({ state: 'succeeded', counts: { skipped: 1 } });
    expect(await files.asset('skip/b.txt')).toMatchObject({ state: 'trashed' });
  });
});

describe('undo when the world has moved on', () => {
  it('does not hide or replace what was uploaded to the place since', async () => {
    await files.put('moved/a.txt', 'old');
    await files.put('moved/b.txt', 'old');
    const { operation } = await start(person, 'trash', ['moved/a.txt', 'moved/b.txt']);
    const newer = await files.put('moved/a.txt', 'new at the same place');
    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({ state: 'partial', counts: { done: 1, conflict: 1 } });
    expect(await files.asset('moved/a.txt')).toMatchObject({ state: 'live', versionId: newer });
    expect((await getOperation(person, { id: operation.id })).operation.undoable).toBe(true);
    // Out of the way again: the rest of the undo goes through, and only the rest.
    await removeVersion({ ...files.ref('moved/a.txt'), versionId: newer });
    const rest = await undoOperation(person, { id: operation.id });
    expect(rest.operation).toMatchObject({ state: 'succeeded', counts: { total: 1, done: 1 } });
    expect(await files.asset('moved/a.txt')).toMatchObject({ state: 'live', size: 3n });
    expect((await getOperation(person, { id: operation.id })).operation.undoable).toBe(false);
  });

  it('is a conflict when it was restored and deleted again by somebody else', async () => {
    await files.put('again/a.txt', 'a');
    const { operation } = await start(person, 'trash', ['again/a.txt']);
    const [marker] = await files.stored('again/a.txt');
    await removeDeleteMarker({ ...files.ref('again/a.txt'), versionId: String(marker?.versionId) });
    await putDeleteMarker(files.ref('again/a.txt'));
    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect((await files.stored('again/a.txt'))[0]?.isDeleteMarker).toBe(true);
    // A failed undo is no undo.
    expect((await getOperation(person, { id: operation.id })).operation).toMatchObject({
      undoable: true,
      undoneBy: null,
    });
  });

  it('makes one undo of two clicks', async () => {
    await files.put('twice/a.txt', 'a');
    const { operation } = await start(person, 'trash', ['twice/a.txt']);
    const both = await Promise.allSettled([
      undoOperation(person, { id: operation.id }),
      undoOperation(person, { id: operation.id }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db().operation.count({ where: { undoOfId: BigInt(operation.id) } })).toBe(1);
  });
});

describe('restoring from the trash', () => {
  it('restores a file by id, and everything by the root', async () => {
    await files.put('bin/a.txt', 'a');
    await files.put('bin/b.txt', 'b');
    await start(person, 'trash', ['bin/']);
    const one = await startOperation(person, {
      library: home.library.slug,
      type: 'untrash',
      selection: { ids: [await files.id('bin/a.txt')] },
    });
    expect(one.operation).toMatchObject({ state: 'succeeded', counts: { done: 1 } });
    const below = await start(person, 'untrash', ['bin/']);
    expect(below.operation).toMatchObject({ counts: { total: 1, done: 1 } });
    expect(await files.asset('bin/b.txt')).toMatchObject({ state: 'live' });
    const undo = await undoOperation(person, { id: below.operation.id });
    expect(undo.operation).toMatchObject({ type: 'trash', state: 'succeeded' });
    expect(await files.asset('bin/b.txt')).toMatchObject({ state: 'trashed' });
  });
});

describe('folders', () => {
  it('makes a zero-byte object, once, and undo takes it away while it is empty', async () => {
    const { operation } = await start(person, 'create-folder', ['new place/']);
    expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 1 } });
    expect((await files.stored('new place/')).map((entry) => entry.size)).toEqual([0]);
    await expect(start(person, 'create-folder', ['new place/'])).rejects.toMatchObject({ code: 'path_exists' });
    await files.write('new place/late.txt', 'not in the index yet');
    const kept = await undoOperation(person, { id: operation.id });
    expect(kept.operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    await start(person, 'create-folder', ['other/']).then((made) => undoOperation(person, { id: made.operation.id }));
    expect(await files.stored('other/')).toEqual([]);
  });

  it.each([
    ['no slash', 'x'],
    ['up', 'a/../b/'],
    ['double', 'a//b/'],
    ['control', 'a\nb/'],
    ['nul', 'a\u0000b/'],
    ['too long for the store', `${'x'.repeat(256)}/`],
    ['over 1,024 bytes', 'abcdefgh/'.repeat(120)],
    ['root', '/'],
  ])('refuses a bad path: %s', async (_, path) => {
    const refusal = start(person, 'create-folder', [path]);
    await expect(refusal).rejects.toMatchObject({ code: expect.stringMatching(/^invalid_(path|request)$/) });
  });

  it('refuses a folder where a file is, under a file, where the trash holds one, and where one is being uploaded', async () => {
    await files.put('file', 'a');
    await expect(start(person, 'create-folder', ['file/'])).rejects.toMatchObject({ code: 'path_under_file' });
    await expect(start(person, 'create-folder', ['file/below/'])).rejects.toMatchObject({ code: 'path_under_file' });
    await start(person, 'trash', ['file']);
    await expect(start(person, 'create-folder', ['file/'])).rejects.toMatchObject({ code: 'path_under_file' });
    const upload = {
      libraryId: home.library.id,
      userId: person.userId,
      key: toKey(home.library, 'coming'),
      path: 'coming',
    };
    const rest = {
      size: 1n,
      contentType: 'text/plain',
      kind: 'single',
      ifExists: 'fail',
      expiresAt: new Date(Date.now() + 60_000),
    } as const;
    await db().upload.create({ data: { id: crypto.randomUUID(), ...upload, ...rest } });
    await expect(start(person, 'create-folder', ['coming/'])).rejects.toMatchObject({ code: 'path_reserved' });
  });
});

describe('who may', () => {
  it('refuses a viewer, and answers missing, foreign and impossible alike', async () => {
    await files.put('rights/a.txt', 'a');
    const id = await files.id('rights/a.txt');
    const select = (ids: string[]) => ({ library: home.library.slug, type: 'trash' as const, selection: { ids } });
    await expect(startOperation(viewer, select([id]))).rejects.toMatchObject({ code: 'forbidden' });
    const elsewhere = await home.makeActor([{ prefix: 'elsewhere/', role: 'admin' }]);
    const answers = await Promise.all(
      [
        startOperation(elsewhere, select([id])),
        startOperation(elsewhere, select(['999999999'])),
        startOperation(elsewhere, select(['9999999999999999999'])),
        start(elsewhere, 'trash', ['rights/a.txt']),
        start(elsewhere, 'trash', ['rights/none.txt']),
        start(elsewhere, 'trash', ['a\u0000']),
        start(elsewhere, 'trash', ['rights/']),
      ].map((call) =>
        call.then(
          () => 'done',
          (error) => `${error.code}: ${error.detail}`,
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set([expect.stringContaining('not_found: The folder or file')]));
    expect(await files.asset('rights/a.txt')).toMatchObject({ state: 'live' });
  });

  it('refuses the whole set when one of it is out of reach', async () => {
    await files.put('set/mine/a.txt', 'a');
    await files.put('set/theirs/b.txt', 'b');
    const half = await home.makeActor([
      { prefix: 'set/mine/', role: 'contributor' },
      { prefix: 'set/theirs/', role: 'viewer' },
    ]);
    await expect(start(half, 'trash', ['set/mine/a.txt', 'set/theirs/b.txt'])).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await files.asset('set/mine/a.txt')).toMatchObject({ state: 'live' });
    await expect(start(half, 'trash', [''])).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('shows an operation to those who may see its place, and lets only its maker or an admin undo it', async () => {
    await files.put('mine/a.txt', 'a');
    const { operation } = await start(person, 'trash', ['mine/a.txt']);
    expect((await getOperation(viewer, { id: operation.id })).operation).toMatchObject({
      undoable: false,
      createdBy: { name: 'Jonas Weber', you: false },
    });
    const other = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    await expect(undoOperation(other, { id: operation.id })).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await home.makeActor([{ prefix: 'else/', role: 'admin' }]);
    await expect(getOperation(stranger, { id: operation.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(undoOperation(stranger, { id: operation.id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getOperation(person, { id: '9999999999999999999' })).rejects.toMatchObject({ code: 'not_found' });
    const admin = await home.makeActor();
    expect((await undoOperation(admin, { id: operation.id })).operation.state).toBe('succeeded');
  });
});

describe('a repeated clientId', () => {
  it('is one operation, also when both requests come at once', async () => {
    await files.put('client/a.txt', 'a');
    const clientId = crypto.randomUUID();
    const [one, two] = await Promise.all([
      start(person, 'trash', ['client/a.txt'], { clientId }),
      start(person, 'trash', ['client/a.txt'], { clientId }),
    ]);
    const three = await start(person, 'trash', ['client/a.txt'], { clientId });
    expect(new Set([one, two, three].map((answer) => answer.operation.id)).size).toBe(1);
    expect(three.operation).toMatchObject({ state: 'succeeded', counts: { total: 1, done: 1 } });
    await expect(start(person, 'untrash', ['client/a.txt'], { clientId })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(start(person, 'trash', ['client/a.txt'], { clientId: 'with\u0000nul' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

async function folderMarkers(prefix: string): Promise<string[]> {
  const rows = await db().folder.findMany({
    where: { libraryId: home.library.id, path: { startsWith: prefix }, NOT: { markerVersionId: null } },
    orderBy: { path: 'asc' },
  });
  return rows.map((row) => row.path);
}
