import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { listActivity } from './list-activity.ts';
import { recordAudit } from './record-audit.ts';
import type { ActivityEntry, AuditFact } from './schema.ts';

let home: TestLibrary;
let files: TestFiles;
let admin: Actor;
let jonas: Actor;
let operations: { press: string; both: string };

beforeAll(async () => {
  home = await makeTestLibrary();
  files = testFiles(home);
  admin = await home.makeActor(undefined, 'Priya Raman');
  jonas = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Jonas Weber');
  for (const path of ['press/a.jpg', 'press/b.jpg', 'campaigns/c.jpg']) await files.put(path, 'x');
  await note(jonas, { type: 'upload.completed', size: 1, versionId: 'v', replaced: false }, 'press/a.jpg');
  const press = await files.trash(jonas, 'press/a.jpg');
  await undoOperation(jonas, { id: press.operation.id });
  const both = await files.trash(admin, 'press/b.jpg', 'campaigns/c.jpg', 'press/a.jpg');
  await note(admin, { type: 'grant.added', email: 'x@example.org', prefix: 'press/', role: 'viewer' }, 'press/');
  await note(admin, { type: 'user.created', email: 'x@example.org' }, null);
  await note(jonas, { type: 'token.created', name: 'script' }, null);
  operations = { press: press.operation.id, both: both.operation.id };
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const note = (actor: Actor, fact: AuditFact, path: string | null) =>
  db().$transaction((tx) => recordAudit(tx, actor, fact, { libraryId: home.library.id, path }));
const activity = (actor: Actor, more = {}) => listActivity(actor, { library: home.library.slug, ...more });
const types = async (actor: Actor, more = {}) => (await activity(actor, more)).activity.map((entry) => entry.type);
const all = [
  'token.created',
  'user.created',
  'grant.added',
  'operation.started',
  'operation.undone',
  'operation.started',
  'upload.completed',
];

describe('the activity', () => {
  it('tells an admin everything, newest first, with what became of each operation', async () => {
    const { activity: entries } = await activity(admin);
    expect(entries.map((entry) => entry.type)).toEqual(all);
    const started = entries.filter((entry) => entry.type === 'operation.started') as [ActivityEntry, ActivityEntry];
    expect(started[0]).toMatchObject({
      path: '',
      by: { name: 'Priya Raman', you: true },
      data: { operation: 'trash', total: 3 },
      operation: { id: operations.both, state: 'succeeded', total: 3, undoable: true, undoneBy: null },
    });
    expect(started[1]).toMatchObject({
      path: 'press/a.jpg',
      operation: { id: operations.press, undoable: false, undoneBy: expect.any(String), undoneAt: expect.any(String) },
    });
    expect(entries[4]).toMatchObject({
      type: 'operation.undone',
      data: { undoOf: operations.press },
      operation: { type: 'untrash', undoable: true },
    });
  });

  it('is filtered by person, by kind and by folder', async () => {
    expect(await types(admin, { by: String(jonas.userId) })).toEqual([
      'token.created',
      'operation.undone',
      'operation.started',
      'upload.completed',
    ]);
    expect(await types(admin, { type: 'upload' })).toEqual(['upload.completed']);
    expect(await types(admin, { type: 'operation.undone' })).toEqual(['operation.undone']);
    // An operation over several folders belongs to each of them.
    expect(await types(admin, { path: 'campaigns/' })).toEqual(['operation.started']);
    expect(await types(admin, { path: 'press/b.jpg' })).toEqual(['operation.started']);
    expect(await types(admin, { path: 'pre' })).toEqual([]);
    expect(await types(admin, { by: '9999999999999999999' })).toEqual([]);
    expect(await types(admin, { type: 'a\u0000' })).toEqual([]);
  });

  it('tells no contributor about people and rights, but about themselves', async () => {
    expect(await types(jonas)).toEqual([
      'token.created',
      'operation.started',
      'operation.undone',
      'operation.started',
      'upload.completed',
    ]);
  });

  it('tells of a mixed operation only the part that may be seen', async () => {
    const viewer = await home.makeActor([{ prefix: 'campaigns/', role: 'viewer' }]);
    const { activity: entries } = await activity(viewer);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      path: 'campaigns/c.jpg',
      data: { total: 1, bytes: 1 },
      operation: { total: 1, undoable: false },
    });
    expect(JSON.stringify(entries)).not.toContain('press');
    const press = await home.makeActor([{ prefix: 'press/', role: 'admin' }]);
    expect(await types(press)).toEqual([
      'grant.added',
      'operation.started',
      'operation.undone',
      'operation.started',
      'upload.completed',
    ]);
    expect((await activity(press)).activity[1]).toMatchObject({ path: 'press/', data: { total: 2 } });
    const stranger = await home.makeActor([]);
    await expect(activity(stranger)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('holds every fact once over pages', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await activity(admin, { limit: 2, cursor });
      seen.push(...page.activity.map((entry) => entry.type));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(all);
    await expect(activity(admin, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
