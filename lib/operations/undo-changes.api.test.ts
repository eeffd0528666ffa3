import { describe, expect, it } from 'vitest';
import { listActivity } from '#lib/audit/list-activity.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { runOperation } from './run-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoChanges } from './undo-changes.ts';

const { home, files, person } = await openFiles({}, [{ prefix: '', role: 'contributor' }], 'Jonas Weber');

const start = async (type: 'move' | 'trash' | 'untrash' | 'tag', paths: string[], params = {}) =>
  (await startOperation(person, { library: home.library.slug, type, selection: { paths }, params })).operation;
const undo = async (operations: string[], uploads: string[] = [], more: { dryRun?: boolean; actor?: Actor } = {}) =>
  (
    await undoChanges(more.actor ?? person, {
      library: home.library.slug,
      operations,
      uploads,
      dryRun: more.dryRun ?? false,
    })
  ).results;
const shape = async (path: string) =>
  (await files.stored(path)).map((entry) => (entry.isDeleteMarker ? 'marker' : entry.size));

/** An upload as its completion left it in the records. */
async function uploaded(
  path: string,
  body: string,
  replaces: string | null = null,
): Promise<{ id: string; versionId: string }> {
  const versionId = await files.put(path, body);
  const [stored] = await files.stored(path);
  const id = crypto.randomUUID();
  await db().upload.create({
    data: {
      id,
      libraryId: home.library.id,
      userId: person.userId,
      key: toKey(home.library, path),
      path,
      size: BigInt(body.length),
      contentType: 'text/plain',
      kind: 'single',
      ifExists: replaces === null ? 'fail' : 'replace',
      expectedVersionId: replaces,
      state: 'completed',
      versionId,
      etag: stored?.etag ?? null,
      expiresAt: new Date(),
      completedAt: new Date(),
    },
  });
  return { id, versionId };
}

describe('several changes together', () => {
  it('are told beforehand, and taken back the newest first, each where the one before has left it', async () => {
    await files.put('a.txt', 'a');
    const moved = await start('move', ['a.txt'], { to: '', name: 'b.txt' });
    const renamed = await start('move', ['b.txt'], { to: 'deep/' });
    const tagged = await start('tag', ['deep/b.txt'], { add: ['Sky'] });
    const ids = [moved.id, tagged.id, renamed.id];
    const told = await undo(ids, [], { dryRun: true });
    expect(told.map((one) => one.id)).toEqual([tagged.id, renamed.id, moved.id]);
    expect(told).toMatchObject(
      [1, 1, 1].map((total) => ({ ok: true, preview: { total, conflictCount: 0 }, operation: null })),
    );
    expect(await db().operation.count({ where: { undoOfId: { in: ids.map(BigInt) } } })).toBe(0);

    const done = await undo(ids);
    expect(done.map((one) => one.ok && one.operation?.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(await shape('a.txt')).toEqual([1]);
    expect(await files.asset('deep/b.txt')).toMatchObject({ state: 'trashed' });
    const again = await undo(ids);
    expect(again).toMatchObject(ids.map(() => ({ ok: false, error: { code: 'wrong_state' } })));
  });

  it('say which files the world has moved on for, and leave those', async () => {
    for (const name of ['x', 'y']) await files.put(`two/${name}.txt`, name);
    const trashed = await start('trash', ['two/']);
    await files.put('two/x.txt', 'new file');
    const [told] = await undo([trashed.id], [], { dryRun: true });
    expect(told).toMatchObject({
      ok: true,
      preview: { total: 2, conflictCount: 1, conflicts: [{ path: 'two/x.txt' }] },
    });
    const [done] = await undo([trashed.id]);
    expect(done).toMatchObject({ ok: true, operation: { state: 'partial', counts: { done: 1, conflict: 1 } } });
  });

  it('take back uploads: a replaced version comes back, twice over, and a new file goes to the trash', async () => {
    const first = await uploaded('up.txt', 'one');
    const second = await uploaded('up.txt', 'second', first.versionId);
    const third = await uploaded('up.txt', 'the third', second.versionId);
    const told = await undo([], [first.id, second.id, third.id], { dryRun: true });
    expect(told.map((one) => one.ok && one.preview?.conflictCount)).toEqual([0, 0, 0]);
    expect((await undo([], [third.id]))[0]).toMatchObject({
      ok: true,
      operation: { type: 'restore-version', state: 'succeeded' },
    });
    expect(await shape('up.txt')).toEqual([6, 9, 6, 3]);
    expect((await undo([], [second.id]))[0]).toMatchObject({ ok: true, operation: { state: 'succeeded' } });
    expect(await shape('up.txt')).toEqual([3, 6, 9, 6, 3]);
    expect((await undo([], [first.id]))[0]).toMatchObject({
      ok: true,
      operation: { type: 'trash', state: 'succeeded' },
    });
    expect((await shape('up.txt'))[0]).toBe('marker');
    expect((await undo([], [first.id]))[0]).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
  });

  it('wait for one that is under way, and go on by themselves', async () => {
    await files.put('wait.txt', 'x');
    const tagging = (name: string, dryRun: boolean) =>
      startOperation(person, {
        library: home.library.slug,
        type: 'tag',
        selection: { paths: ['wait.txt'] },
        params: { add: [name] },
        dryRun,
      });
    const before = BigInt((await tagging('Before', true)).operation.id);
    const after = BigInt((await tagging('After', true)).operation.id);
    await db().operation.update({ where: { id: before }, data: { state: 'queued' } });
    await db().operation.update({ where: { id: after }, data: { state: 'queued', afterId: before } });
    expect(await runOperation(after)).toBe('busy');
    expect(await runOperation(before)).toBe('ended');
    const job = await db().$queryRaw<{ key: string }[]>`
      SELECT "key" FROM graphile_worker.jobs WHERE "key" = ${`run-operation:${after}`}`;
    expect(job).toHaveLength(1);
    expect(await runOperation(after)).toBe('ended');
  });

  it('are each person’s own to take back, and the activity says what can be', async () => {
    const mine = await uploaded('own.txt', 'mine');
    const other = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    expect((await undo([], [mine.id], { actor: other }))[0]).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const stranger = await home.makeActor([{ prefix: 'elsewhere/', role: 'admin' }]);
    expect((await undo([], [mine.id], { actor: stranger }))[0]).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const note = { type: 'upload.completed', size: 4, versionId: mine.versionId, replaced: false };
    await db().auditEvent.create({
      data: {
        libraryId: home.library.id,
        userId: person.userId,
        actorName: person.name,
        type: note.type,
        path: 'own.txt',
        uploadId: mine.id,
        data: note,
      },
    });
    const undoOf = async (actor: Actor) =>
      (await listActivity(actor, { library: home.library.slug, path: 'own.txt' })).activity[0]?.undo;
    expect(await undoOf(person)).toEqual({ kind: 'upload', id: mine.id });
    expect(await undoOf(other)).toBeNull();
    await undo([], [mine.id]);
    const { activity } = await listActivity(person, { library: home.library.slug, path: 'own.txt' });
    expect(activity.map((entry) => [entry.type, entry.undo?.kind ?? null])).toEqual([
      ['operation.undone', 'operation'],
      ['upload.completed', null],
    ]);
  });
});
