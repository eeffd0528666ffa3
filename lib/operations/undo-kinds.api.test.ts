import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { listActivity } from '#lib/audit/list-activity.ts';
import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { readBytes } from '#lib/storage/read-object.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import type { OperationParams, OperationTypeName } from './schema.ts';
import { startOperation } from './start-operation.ts';
import { undoChanges } from './undo-changes.ts';
import { undoOperation } from './undo-operation.ts';

/**
 * Everything that a person can do and take back, one kind a row: the activity offers the undo, the preview says beforehand that nothing
 * speaks against it, and after it the folder holds what it held. Then the same where somebody saved a file since: that one is told and left.
 */
const { home, files, person: admin } = await openFiles();
/** Before the second version of each row's file. */
let moment: string;
beforeAll(async () => {
  for (const [index] of kinds.entries()) for (const turn of turns) await files.put(`${turn}${index}/a.txt`, 'one');
  await sleep(1_100);
  moment = new Date().toISOString();
  await sleep(1_100);
});

const turns = ['plain', 'moved-on'] as const;
type Row = {
  name: string;
  type: OperationTypeName;
  /** Of the folder `at`, which holds a.txt (two versions) and b.txt. */
  paths?: (at: string) => string[];
  params?: (at: string, first: string) => OperationParams;
  before?: (at: string) => Promise<unknown>;
  /** Where somebody saves a file after it; null: nothing that may be saved speaks against this undo. */
  disturb: ((at: string) => string) | null;
};
const a = (at: string) => `${at}a.txt`;
const kinds: Row[] = [
  { name: 'a move to the trash', type: 'trash', disturb: a },
  {
    name: 'a whole folder to the trash',
    type: 'trash',
    paths: (at) => [at],
    disturb: a,
  },
  {
    name: 'bringing back from the trash',
    type: 'untrash',
    before: (at) => files.trash(admin, a(at)),
    disturb: a,
  },
  { name: 'a move', type: 'move', params: (at) => ({ to: `${at}sub/` }), disturb: (at) => `${at}sub/a.txt` },
  { name: 'a new name', type: 'move', params: (at) => ({ to: at, name: 'c.txt' }), disturb: (at) => `${at}c.txt` },
  {
    name: 'a move over another file',
    type: 'move',
    params: (at) => ({ to: at, name: 'b.txt', ifExists: 'replace' }),
    disturb: (at) => `${at}b.txt`,
  },
  { name: 'a copy', type: 'copy', params: (at) => ({ to: `${at}sub/` }), disturb: (at) => `${at}sub/a.txt` },
  {
    name: 'a copy over another file',
    type: 'copy',
    params: (at) => ({ to: at, name: 'b.txt', ifExists: 'replace' }),
    disturb: (at) => `${at}b.txt`,
  },
  { name: 'an older version', type: 'restore-version', params: (_, first) => ({ versionId: first }), disturb: a },
  {
    name: 'a restore to a moment',
    type: 'restore-to-time',
    paths: (at) => [at],
    params: () => ({ at: moment }),
    disturb: a,
  },
  { name: 'tags', type: 'tag', params: () => ({ add: ['Sky'], remove: ['Old'] }), disturb: null },
  { name: 'a new folder', type: 'create-folder', paths: (at) => [`${at}made/`], disturb: null },
  {
    name: 'another storage class',
    type: 'reclass',
    params: () => ({ storageClass: 'REDUCED_REDUNDANCY' }),
    disturb: a,
  },
];

/** What a person sees in a folder: files with bytes and tags. */
async function seen(at: string): Promise<Record<string, string>> {
  const where = { libraryId: home.library.id, path: { startsWith: at }, state: 'live' as const };
  const assets = await db().asset.findMany({ where, orderBy: { path: 'asc' } });
  const found: Record<string, string> = {};
  for (const { path, versionId, storageClass } of assets) {
    const bytes = await readBytes({ ...files.ref(path), versionId }, { maxBytes: 100 });
    const tags = await db().tag.findMany({ where: { libraryId: home.library.id, key: toKey(home.library, path) } });
    found[path] = `${bytes} ${storageClass} ${tags.map(({ name }) => name)}`;
  }
  const folders = await db().folder.findMany({
    where: { libraryId: home.library.id, path: { startsWith: at }, markerVersionId: { not: null } },
  });
  for (const { path } of folders) found[path] = 'folder';
  return found;
}

async function carryOut(row: Row, at: string): Promise<{ id: string; before: Record<string, string> }> {
  const [first] = await files.stored(a(at));
  await files.put(a(at), 'two');
  await files.put(`${at}b.txt`, 'other');
  await db().tag.create({
    data: { libraryId: home.library.id, key: toKey(home.library, a(at)), name: 'Old' },
  });
  await row.before?.(at);
  const before = await seen(at);
  const { operation } = await startOperation(admin, {
    library: home.library.slug,
    type: row.type,
    selection: { paths: row.paths?.(at) ?? [a(at)] },
    params: row.params?.(at, String(first?.versionId)) ?? {},
  });
  expect(operation).toMatchObject({ state: 'succeeded', undoable: true });
  expect(await seen(at)).not.toEqual(before);
  return { id: operation.id, before };
}

const preview = async (id: string) => {
  const input = { library: home.library.slug, operations: [id], uploads: [], dryRun: true };
  return (await undoChanges(admin, input)).results[0];
};

const rows = kinds.map((row, index) => ({ ...row, index }));

it.each(rows)('$name is offered, told beforehand and taken back', async ({ index, ...row }) => {
  const at = `plain${index}/`;
  const { id, before } = await carryOut(row, at);
  const { activity } = await listActivity(admin, { library: home.library.slug, path: at });
  expect(activity.find((entry) => entry.operation?.id === id)?.undo).toEqual({ kind: 'operation', id });
  expect(await preview(id)).toMatchObject({ ok: true, preview: { conflictCount: 0 } });
  expect((await undoOperation(admin, { id })).operation).toMatchObject({ state: 'succeeded' });
  expect(await seen(at)).toEqual(before);
});

it.each(rows.flatMap(({ disturb, ...row }) => (disturb ? [{ ...row, disturb }] : [])))(
  '$name leaves a file that somebody saved since, and says so before and after',
  async ({ index, disturb, ...row }) => {
    const at = `moved-on${index}/`;
    const { id } = await carryOut({ ...row, disturb }, at);
    const path = disturb(at);
    await files.put(path, 'saved by somebody');
    expect(await preview(id)).toMatchObject({ ok: true, preview: { conflictCount: 1, conflicts: [{}] } });
    const { operation } = await undoOperation(admin, { id });
    expect(operation.counts).toMatchObject({ conflict: 1, failed: 0 });
    expect((await seen(at))[path]).toMatch(/^saved by somebody /);
  },
);

it('what cannot be taken back is not offered', async () => {
  await files.put('never/a.txt', 'one');
  await files.trash(admin, 'never/a.txt');
  const selection = { paths: ['never/a.txt'] };
  const params = { expectedCount: 1 };
  const { operation } = await startOperation(admin, {
    library: home.library.slug,
    type: 'purge',
    selection,
    params,
    dryRun: true,
  });
  expect(operation.undoable).toBe(false);
  await expect(undoOperation(admin, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
});
