import { runOnce } from 'graphile-worker';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { removeDeleteMarker } from '#lib/storage/versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { getOperation } from './get-operation.ts';
import { listOperationItems } from './list-operation-items.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

const { home, files, person: admin } = await openFiles();
const person = await home.makeActor([{ prefix: '', role: 'contributor' }]);

const tagsOf = async (path: string) =>
  (
    await db().tag.findMany({
      where: { libraryId: home.library.id, key: toKey(home.library, path) },
      orderBy: { name: 'asc' },
    })
  ).map((row) => row.name);
const tag = async (paths: string[], params: { add?: string[]; remove?: string[] }) =>
  (await startOperation(person, { library: home.library.slug, type: 'tag', selection: { paths }, params })).operation;

describe('tags', () => {
  it('are put on many and taken off, in the spelling that is there, and undo changes back only what was changed', async () => {
    for (const path of ['a.txt', 'b.txt', 'c.txt']) await files.put(path, 'x');
    await tag(['a.txt'], { add: [' Sky '] });
    const operation = await tag(['a.txt', 'b.txt', 'c.txt'], { add: ['sKY', 'open  air'] });
    expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 3 }, undoable: true });
    expect(await tagsOf('b.txt')).toEqual(['Sky', 'open air']);
    const again = await tag(['a.txt', 'b.txt'], { add: ['Sky'] });
    expect(again).toMatchObject({ counts: { skipped: 2, done: 0 }, undoable: false });
    await undoOperation(person, { id: operation.id });
    expect([await tagsOf('a.txt'), await tagsOf('b.txt')]).toEqual([['Sky'], []]);
    const removed = await tag(['a.txt'], { remove: ['sky'] });
    expect(await tagsOf('a.txt')).toEqual([]);
    expect((await undoOperation(person, { id: removed.id })).operation).toMatchObject({
      type: 'tag',
      state: 'succeeded',
    });
    expect(await tagsOf('a.txt')).toEqual(['Sky']);
    await expect(tag(['a.txt'], {})).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

/** Runs waiting jobs with the worker's own library and our own task. */
async function work(): Promise<void> {
  const { run } = await import('../jobs/tasks/run-operation.ts');
  await runOnce({
    connectionString: String(process.env.DATABASE_URL),
    taskList: {
      'run-operation': (payload) =>
        run(payload as { operationId: string }, { signal: new AbortController().signal, jobId: '0', attempt: 1 }),
    },
  });
}

const purge = (actor: Actor, paths: string[], expectedCount: number) =>
  startOperation(actor, { library: home.library.slug, type: 'purge', selection: { paths }, params: { expectedCount } });

describe('emptying the trash', () => {
  it('destroys every version of what is in it, in the worker, and nothing else; it cannot be undone', async () => {
    await files.put('old/a.txt', 'first');
    await files.put('old/a.txt', 'second');
    await files.put('old/b.txt', 'bb');
    await files.put('old/live.txt', 'live');
    await files.put('old/gone-on.txt', 'moved away');
    await startOperation(person, {
      library: home.library.slug,
      type: 'move',
      selection: { paths: ['old/gone-on.txt'] },
      params: { to: 'new/' },
    });
    await tag(['old/a.txt'], { add: ['Old'] });
    await files.trash(person, 'old/a.txt', 'old/b.txt');
    await expect(purge(person, ['old/'], 2)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(purge(admin, ['old/'], 3)).rejects.toMatchObject({ code: 'wrong_state' });

    const { operation } = await purge(admin, ['old/'], 2);
    expect(operation).toMatchObject({ state: 'queued', bytes: 13, plan: { counts: { purge: 2, addMarker: 0 } } });
    expect(await files.stored('old/a.txt')).toHaveLength(3);
    await work();
    expect((await getOperation(admin, { id: operation.id })).operation).toMatchObject({
      state: 'succeeded',
      counts: { done: 2 },
      undoable: false,
    });
    expect([await files.stored('old/a.txt'), await files.stored('old/b.txt')]).toEqual([[], []]);
    expect(await files.asset('old/a.txt')).toMatchObject({ state: 'gone' });
    expect(await tagsOf('old/a.txt')).toEqual([]);
    expect(await files.stored('old/live.txt')).toHaveLength(1);
    // The history of what moved away is no trash.
    expect(await files.stored('old/gone-on.txt')).toHaveLength(2);
    await expect(undoOperation(admin, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('leaves what was restored or uploaded again since', async () => {
    await files.put('kept/a.txt', 'a');
    await files.put('kept/b.txt', 'b');
    await files.trash(person, 'kept/a.txt', 'kept/b.txt');
    const { operation } = await purge(admin, ['kept/a.txt', 'kept/b.txt'], 2);
    const [marker] = await files.stored('kept/a.txt');
    await removeDeleteMarker({ ...files.ref('kept/a.txt'), versionId: String(marker?.versionId) });
    await files.write('kept/b.txt', 'new');
    await work();
    const { items } = await listOperationItems(admin, { id: operation.id });
    expect(items.map((item) => item.error?.code)).toEqual(['version_changed', 'version_changed']);
    expect(await files.stored('kept/a.txt')).toHaveLength(1);
    expect(await files.stored('kept/b.txt')).toHaveLength(3);
  });
});
