import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { putDeleteMarkers } from '#lib/storage/delete-together.ts';
import { headObject, putDeleteMarker } from '#lib/storage/objects.ts';
import { listTrash } from '#lib/versions/list-trash.ts';
import { listVersions } from '#lib/versions/list-versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { listOperationItems } from './list-operation-items.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import type { IfExists } from './schema.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

vi.mock('#lib/storage/delete-together.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/delete-together.ts')>();
  return { ...real, putDeleteMarkers: vi.fn(real.putDeleteMarkers) };
});
vi.mock('#lib/storage/copy-version.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/copy-version.ts')>();
  return { ...real, copyVersion: vi.fn(real.copyVersion) };
});

const { home, files, person } = await openFiles(
  { rootPrefix: 'media/' },
  [{ prefix: '', role: 'contributor' }],
  'Jonas Weber',
);

type Params = { to: string; name?: string; ifExists?: IfExists };
const start = async (
  type: 'move' | 'copy',
  paths: string[],
  params: Params,
  more: { actor?: Actor; dryRun?: boolean } = {},
) =>
  (
    await startOperation(more.actor ?? person, {
      library: home.library.slug,
      type,
      selection: { paths },
      params,
      dryRun: more.dryRun ?? false,
    })
  ).operation;
const move = (paths: string[], to: string, more: Omit<Params, 'to'> = {}) => start('move', paths, { to, ...more });
const copy = (paths: string[], to: string, more: Omit<Params, 'to'> = {}) => start('copy', paths, { to, ...more });
const undo = async (id: string, actor = person) => (await undoOperation(actor, { id })).operation;
const shape = async (path: string) =>
  (await files.stored(path)).map((entry) => (entry.isDeleteMarker ? 'marker' : entry.size));
const trashed = async () =>
  (await listTrash(person, { library: home.library.slug, limit: 500 })).entries.map((entry) => entry.path);
const tag = (path: string, ...names: string[]) =>
  db().tag.createMany({
    data: names.map((name) => ({ libraryId: home.library.id, key: toKey(home.library, path), name })),
  });
const tagsOf = async (path: string) =>
  (
    await db().tag.findMany({
      where: { libraryId: home.library.id, key: toKey(home.library, path) },
      orderBy: { name: 'asc' },
    })
  ).map((row) => row.name);
const errors = async (id: string) =>
  (await listOperationItems(person, { id })).items.map((item) => item.error?.code ?? item.state);

describe('moving', () => {
  it('shows nothing in the trash while a file is under way, from its marker to its journal', async () => {
    await files.put('way/a.txt', 'on its way');
    const { id } = await move(['way/a.txt'], 'arrived/');
    const operation = { id: BigInt(id) };
    const item = { operationId: operation.id };
    // As a runner leaves it that dies between the two.
    const row = await db().move.findFirstOrThrow({ where: item });
    await db().move.deleteMany({ where: item });
    await db().operation.update({ where: operation, data: { state: 'running', finishedAt: null } });
    await db().operationItem.updateMany({ where: item, data: { state: 'running' } });
    expect(await trashed()).not.toContain('way/a.txt');
    await db().operationItem.updateMany({ where: item, data: { state: 'done' } });
    await db().operation.update({ where: operation, data: { state: 'succeeded' } });
    expect(await trashed()).toContain('way/a.txt');
    await db().move.create({ data: row });
    expect(await trashed()).not.toContain('way/a.txt');
  });

  it('copies with all that belongs to the file, hides the old place, and lets history and tags follow', async () => {
    await files.put('old/a.txt', 'first');
    const second = await files.put('old/a.txt', 'second!', {
      contentType: 'text/markdown',
      metadata: { mtime: '5' },
      cacheControl: 'max-age=9',
      tags: 'licence=cc',
    });
    await tag('old/a.txt', 'Sky', 'Sea');
    const operation = await move(['old/a.txt'], 'new/place/');
    expect(operation).toMatchObject({ state: 'succeeded', undoable: true, to: 'new/place/', counts: { done: 1 } });
    expect(await shape('new/place/a.txt')).toEqual([7]);
    expect(await shape('old/a.txt')).toEqual(['marker', 7, 5]);
    expect(await headObject(files.ref('new/place/a.txt'))).toMatchObject({
      contentType: 'text/markdown',
      cacheControl: 'max-age=9',
      metadata: { mtime: '5' },
      tagCount: 1,
    });
    expect(await tagsOf('new/place/a.txt')).toEqual(['Sea', 'Sky']);
    expect(await tagsOf('old/a.txt')).toEqual([]);
    expect(await files.asset('new/place/a.txt')).toMatchObject({ state: 'live' });
    expect(await trashed()).toEqual([]);
    const { versions } = await listVersions(person, { id: await files.id('new/place/a.txt') });
    expect(versions).toMatchObject([
      { cause: 'move', by: { name: 'Jonas Weber', you: true }, origin: { path: 'old/a.txt', versionId: second } },
    ]);
    const left = await listVersions(person, { id: await files.id('old/a.txt') });
    expect(left.versions[0]).toMatchObject({ isDeleteMarker: true, cause: 'move', by: { you: true } });
    const { items } = await listOperationItems(person, { id: operation.id });
    expect(items).toMatchObject([{ path: 'new/place/a.txt', from: 'old/a.txt', state: 'done' }]);

    vi.mocked(copyVersion).mockClear();
    expect(await undo(operation.id)).toMatchObject({ type: 'move', state: 'succeeded', undoable: true });
    expect((await files.stored('old/a.txt')).map((entry) => entry.versionId)[0]).toBe(second);
    expect(await shape('new/place/a.txt')).toEqual(['marker', 7]);
    expect(await tagsOf('old/a.txt')).toEqual(['Sea', 'Sky']);
    expect(await tagsOf('new/place/a.txt')).toEqual([]);
    expect(await trashed()).toEqual([]);
    await expect(undo(operation.id)).rejects.toMatchObject({ code: 'wrong_state' });
    // Back and forth again without a copy.
    const undone = await db().operation.findFirstOrThrow({ where: { undoOfId: BigInt(operation.id) } });
    expect(await undo(String(undone.id))).toMatchObject({ state: 'succeeded' });
    expect(await shape('new/place/a.txt')).toEqual([7]);
    expect((await shape('old/a.txt'))[0]).toBe('marker');
    expect(await tagsOf('new/place/a.txt')).toEqual(['Sea', 'Sky']);
    expect(copyVersion).not.toHaveBeenCalled();
  });

  it('shows in the trash again what is deleted at a place that something had moved away from', async () => {
    await files.put('leave/a.txt', 'a');
    await move(['leave/a.txt'], 'left/');
    await files.put('leave/a.txt', 'another');
    await files.trash(person, 'leave/a.txt');
    expect(await trashed()).toEqual(['leave/a.txt']);
    const all = await startOperation(person, {
      library: home.library.slug,
      type: 'untrash',
      selection: { paths: ['leave/', 'left/'] },
    });
    expect(all.operation).toMatchObject({ counts: { total: 1, done: 1 } });
    // A place that was moved away from is not restored with "all".
    await move(['leave/a.txt'], 'left/', { ifExists: 'rename' });
    await expect(
      startOperation(person, { library: home.library.slug, type: 'untrash', selection: { paths: ['leave/'] } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes whole folders, with empty ones, and renames them; undo brings all back', async () => {
    const folder = (path: string) =>
      startOperation(person, { library: home.library.slug, type: 'create-folder', selection: { paths: [path] } });
    await folder('tree/');
    await folder('tree/empty/');
    await files.put('tree/a.txt', 'a');
    await files.put('tree/deep/b.txt', 'bb');
    await files.put('treehouse.txt', 'not below');
    const operation = await move(['tree/'], '', { name: 'wood' });
    expect(operation).toMatchObject({ state: 'succeeded', counts: { total: 4, done: 4 } });
    expect(await shape('wood/empty/')).toEqual([0]);
    expect(await shape('tree/empty/')).toEqual([]);
    expect(await files.asset('wood/deep/b.txt')).toMatchObject({ state: 'live' });
    expect(await files.asset('treehouse.txt')).toMatchObject({ state: 'live' });
    expect(await undo(operation.id)).toMatchObject({ state: 'succeeded', counts: { done: 4 } });
    expect(await shape('wood/empty/')).toEqual([]);
    expect(await shape('tree/empty/')).toEqual([0]);
    expect(await files.asset('tree/deep/b.txt')).toMatchObject({ state: 'live' });
    await expect(move(['tree/'], 'tree/deep/')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('asks what to do where a file is: nothing is overwritten unasked, and undo of a replacement brings both back', async () => {
    await files.put('from/x.txt', 'mover');
    await tag('from/x.txt', 'Sky', 'Both');
    const former = await files.put('into/x.txt', 'was there');
    await tag('into/x.txt', 'Own', 'Both');
    expect(await errors((await move(['from/x.txt'], 'into/')).id)).toEqual(['path_exists']);
    expect(await errors((await move(['from/x.txt'], 'into/', { ifExists: 'skip' })).id)).toEqual(['skipped']);
    expect((await files.stored('into/x.txt')).map((entry) => entry.versionId)).toEqual([former]);

    const replaced = await move(['from/x.txt'], 'into/', { ifExists: 'replace' });
    expect(await shape('into/x.txt')).toEqual([5, 9]);
    expect(await tagsOf('into/x.txt')).toEqual(['Both', 'Own', 'Sky']);
    const back = await undo(replaced.id);
    expect(back).toMatchObject({ state: 'succeeded' });
    expect(await shape('into/x.txt')).toEqual([9, 5, 9]);
    expect(await shape('from/x.txt')).toEqual([5]);
    expect(await tagsOf('into/x.txt')).toEqual(['Both', 'Own']);
    expect(await tagsOf('from/x.txt')).toEqual(['Both', 'Sky']);
    expect(await undo(back.id)).toMatchObject({ state: 'succeeded' });
    expect(await shape('into/x.txt')).toEqual([5, 9, 5, 9]);

    await files.put('from/x.txt', 'mover again');
    const kept = await move(['from/x.txt'], 'into/', { ifExists: 'rename' });
    expect(kept.state).toBe('succeeded');
    expect(await files.asset('into/x (2).txt')).toMatchObject({ state: 'live' });
  });

  it('does not force what changed since it was planned, at either end', async () => {
    await files.put('late/a.txt', 'a');
    await files.put('late/b.txt', 'b');
    await files.put('late/c.txt', 'c');
    const planned = await start('move', ['late/a.txt', 'late/b.txt', 'late/c.txt'], { to: 'later/' }, { dryRun: true });
    expect(planned).toMatchObject({ state: 'planned', plan: { counts: { copy: 3, addMarker: 3 }, bytesToCopy: 3 } });
    const newer = await files.write('late/a.txt', 'newer');
    const there = await files.write('later/b.txt', 'there');
    const { operation } = await runPlannedOperation(person, { id: planned.id });
    expect(operation).toMatchObject({ state: 'partial', counts: { done: 1, conflict: 2 } });
    expect(await errors(operation.id)).toEqual(['version_changed', 'path_exists', 'done']);
    expect((await files.stored('late/a.txt'))[0]?.versionId).toBe(newer);
    expect((await files.stored('later/b.txt')).map((entry) => entry.versionId)).toEqual([there]);
    expect(await files.asset('late/b.txt')).toMatchObject({ state: 'live' });
  });

  it('leaves the old place when somebody saves a file at the new one in the same moment, and undo brings theirs back', async () => {
    await files.put('race/a.txt', 'mine');
    const real = vi.mocked(copyVersion).getMockImplementation() as typeof copyVersion;
    vi.mocked(copyVersion).mockImplementationOnce(async (input) => {
      await files.write('raced/a.txt', 'theirs');
      // Without the condition, as on a store that ignores it.
      const { condition: _, ...rest } = input;
      return real(rest);
    });
    const operation = await move(['race/a.txt'], 'raced/');
    expect(operation).toMatchObject({ state: 'failed', undoable: true, counts: { conflict: 1 } });
    expect(await shape('race/a.txt')).toEqual([4]);
    expect(await undo(operation.id)).toMatchObject({ state: 'succeeded' });
    expect(await shape('raced/a.txt')).toEqual([6, 4, 6]);
  });

  it('leaves what somebody saves at the old place of one among many, after its copy and in the moment of its marker', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.txt`);
    for (const name of names) await files.put(`crowd/${name}`, name);
    const copy = vi.mocked(copyVersion).getMockImplementation() as typeof copyVersion;
    vi.mocked(copyVersion).mockImplementation(async (input) => {
      const made = await copy(input);
      if (input.source.key === files.ref('crowd/a.txt').key) await files.write('crowd/a.txt', 'somebody');
      return made;
    });
    const mark = vi.mocked(putDeleteMarkers).getMockImplementation() as typeof putDeleteMarkers;
    const marked: string[][] = [];
    vi.mocked(putDeleteMarkers).mockImplementationOnce(async (bucket, keys) => {
      marked.push(keys.map((key) => key.slice(-'a.txt'.length)).sort());
      await files.write('crowd/b.txt', 'somebody');
      return mark(bucket, keys);
    });
    const operation = await move(
      names.map((name) => `crowd/${name}`),
      'gone/',
    ).finally(() => vi.mocked(copyVersion).mockImplementation(copy));
    expect(operation).toMatchObject({ state: 'partial', counts: { done: 4, conflict: 2 } });
    expect(await errors(operation.id)).toEqual(['version_changed', 'version_changed', 'done', 'done', 'done', 'done']);
    // All in one request, without the one that was seen to have changed; what was marked over somebody's file is bare again.
    expect(marked).toEqual([names.slice(1)]);
    expect(await shape('crowd/a.txt')).toEqual([8, 5]);
    expect(await shape('crowd/b.txt')).toEqual([8, 5]);
    expect(await shape('crowd/c.txt')).toEqual(['marker', 5]);
    expect(await undo(operation.id)).toMatchObject({ state: 'succeeded' });
    for (const name of names.slice(2)) expect(await shape(`crowd/${name}`)).toEqual([5]);
  });

  it('is taken back in order when one file moved twice, and not where the world has moved on', async () => {
    await files.put('chain/a.txt', 'a');
    const first = await move(['chain/a.txt'], 'chain/', { name: 'b.txt' });
    const second = await move(['chain/b.txt'], 'chain/', { name: 'c.txt' });
    expect(await undo(first.id)).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect(await undo(second.id)).toMatchObject({ state: 'succeeded' });
    expect(await undo(first.id)).toMatchObject({ state: 'succeeded' });
    expect(await shape('chain/a.txt')).toEqual([1]);
    expect((await shape('chain/b.txt'))[0]).toBe('marker');
    const again = await move(['chain/a.txt'], 'chained/');
    const squatter = await files.put('chain/a.txt', 'squatter');
    expect(await undo(again.id)).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect((await files.stored('chain/a.txt'))[0]?.versionId).toBe(squatter);
    expect(await shape('chained/a.txt')).toEqual([1]);
  });

  it('recognises its own copy and marker when its runner died before it could write them down', async () => {
    await files.put('died/a.txt', 'a');
    await files.put('died/b.txt', 'b');
    const planned = await start('move', ['died/a.txt', 'died/b.txt'], { to: 'lives/' }, { dryRun: true });
    await db().operationItem.updateMany({
      where: { operationId: BigInt(planned.id) },
      data: { startedAt: new Date(Date.now() - 1_000), state: 'running' },
    });
    // The copy of one is there, of the other one also the marker.
    for (const name of ['a.txt', 'b.txt']) {
      const [version] = await files.stored(`died/${name}`);
      const source = { ...files.ref(`died/${name}`), versionId: String(version?.versionId) };
      await copyVersion({ source, target: files.ref(`lives/${name}`), encryption: { kind: 'none' } });
    }
    await putDeleteMarker(files.ref('died/b.txt'));
    vi.mocked(copyVersion).mockClear();
    await db().operationItem.updateMany({ where: { operationId: BigInt(planned.id) }, data: { state: 'pending' } });
    const { operation } = await runPlannedOperation(person, { id: planned.id });
    expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 2 } });
    expect(copyVersion).not.toHaveBeenCalled();
    expect([await shape('lives/a.txt'), await shape('lives/b.txt')]).toEqual([[1], [1]]);
    expect([await shape('died/a.txt'), await shape('died/b.txt')]).toEqual([
      ['marker', 1],
      ['marker', 1],
    ]);
    expect(await db().move.count({ where: { operationId: BigInt(operation.id) } })).toBe(2);
  });
});

describe('copying', () => {
  it('leaves the original, starts with its tags, and undo puts the copy in the trash', async () => {
    await files.put('copy/a.txt', 'a');
    await tag('copy/a.txt', 'Sky');
    const operation = await copy(['copy/'], 'copies/');
    expect(operation).toMatchObject({ state: 'succeeded', plan: { counts: { copy: 1, addMarker: 0 } } });
    expect(await shape('copy/a.txt')).toEqual([1]);
    expect(await shape('copies/copy/a.txt')).toEqual([1]);
    expect([await tagsOf('copy/a.txt'), await tagsOf('copies/copy/a.txt')]).toEqual([['Sky'], ['Sky']]);
    expect(await undo(operation.id)).toMatchObject({ type: 'trash', state: 'succeeded' });
    expect(await files.asset('copies/copy/a.txt')).toMatchObject({ state: 'trashed' });
  });

  it('beside itself gets another name: a file "(2)", a folder as a whole', async () => {
    await files.put('twin/a.txt', 'a');
    await copy(['twin/a.txt'], 'twin/', { ifExists: 'rename' });
    expect(await files.asset('twin/a (2).txt')).toMatchObject({ state: 'live' });
    await copy(['twin/'], '', { ifExists: 'rename' });
    expect(await files.asset('twin (2)/a.txt')).toMatchObject({ state: 'live' });
    expect(await files.asset('twin (2)/a (2).txt')).toMatchObject({ state: 'live' });
  });

  it('over another file is undone by bringing that one back', async () => {
    await files.put('over/a.txt', 'copied');
    await files.put('under/a.txt', 'former one');
    const operation = await copy(['over/a.txt'], 'under/', { ifExists: 'replace' });
    expect(await shape('under/a.txt')).toEqual([6, 10]);
    expect(await undo(operation.id)).toMatchObject({ type: 'restore-version', state: 'succeeded' });
    expect(await shape('under/a.txt')).toEqual([10, 6, 10]);
  });
});

describe('rights', () => {
  it('are asked at both ends: a contributor to move, a viewer where a copy comes from', async () => {
    await files.put('mine/a.txt', 'a');
    await files.put('theirs/b.txt', 'b');
    const half = await home.makeActor([
      { prefix: 'mine/', role: 'contributor' },
      { prefix: 'theirs/', role: 'viewer' },
    ]);
    await expect(start('move', ['theirs/b.txt'], { to: 'mine/' }, { actor: half })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(start('move', ['mine/a.txt'], { to: 'theirs/' }, { actor: half })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(start('copy', ['mine/a.txt'], { to: 'elsewhere/' }, { actor: half })).rejects.toMatchObject({
      code: 'not_found',
    });
    const operation = await start('copy', ['theirs/b.txt'], { to: 'mine/' }, { actor: half });
    expect(operation.state).toBe('succeeded');
    expect(await undo(operation.id, half)).toMatchObject({ state: 'succeeded' });
    const mineOnly = await home.makeActor([{ prefix: 'mine/', role: 'viewer' }]);
    const { versions } = await listVersions(mineOnly, { id: await files.id('mine/b.txt') });
    expect(versions.map((version) => version.origin)).toEqual([null, null]);
  });
});

describe('a selection by query', () => {
  it('takes what is there, without some, if it is as many as the person was told', async () => {
    for (const path of ['query/a.txt', 'query/b.jpg', 'query/c.txt', 'query/deep/d.txt']) await files.put(path, 'x');
    const select = (selection: object) =>
      startOperation(person, {
        library: home.library.slug,
        type: 'tag',
        selection: selection as never,
        params: { add: ['Found'] },
      });
    const query = { q: '', path: 'query/', kind: 'text', direct: false };
    await expect(select({ query, exclude: [], expectedCount: 2 })).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(select({ query: { ...query, path: 'query' }, exclude: [], expectedCount: 2 })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const exclude = [await files.id('query/c.txt')];
    await select({ query, exclude, expectedCount: 2 });
    expect(await tagsOf('query/a.txt')).toEqual(['Found']);
    expect(await tagsOf('query/deep/d.txt')).toEqual(['Found']);
    expect(await tagsOf('query/c.txt')).toEqual([]);
    await select({ query: { ...query, direct: true }, exclude: [], expectedCount: 2 });
    expect(await tagsOf('query/c.txt')).toEqual(['Found']);
  });
});
