import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { cancelOperation } from '#lib/operations/cancel-operation.ts';
import { listOperationItems } from '#lib/operations/list-operation-items.ts';
import { removeOldPlans } from '#lib/operations/remove-old-plans.ts';
import { runPlannedOperation } from '#lib/operations/run-planned-operation.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { checkRestorePlan } from './check-restore-plan.ts';
import { getRestorePlan } from './get-restore-plan.ts';
import { listRestorePlan } from './list-restore-plan.ts';

let home: TestLibrary;
let files: TestFiles;
let admin: Actor;
let at: string;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'm/' });
  files = testFiles(home);
  admin = await home.makeActor();
  for (const name of ['Alpha.txt', 'beta.txt', 'gamma.txt']) await files.put(`t/${name}`, `first of ${name}`);
  await files.put('t/deleted.txt', 'deleted later');
  await files.put('t/unheard.txt', 'of this deletion nobody hears');
  await sleep(1_100);
  at = new Date().toISOString();
  await sleep(1_100);
  for (const name of ['Alpha.txt', 'beta.txt', 'gamma.txt']) await files.put(`t/${name}`, 'second');
  await files.trash(admin, 't/deleted.txt');
  await files.put('t/new.txt', 'made later');
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const plan = async (paths = ['t/']) =>
  (
    await startOperation(admin, {
      library: home.library.slug,
      type: 'restore-to-time',
      selection: { paths },
      params: { at },
      dryRun: true,
    })
  ).operation;
const kindsOf = async (id: string) =>
  Object.fromEntries((await getRestorePlan(admin, { id })).plan.kinds.map(({ kind, count }) => [kind, count]));

it('tells each kind with its bytes and prices, and its files with both versions', async () => {
  const { id } = await plan();
  const { plan: told } = await getRestorePlan(admin, { id });
  expect(told).toMatchObject({ unchanged: 1, rates: { currency: 'USD', perGbMonth: 0.023 } });
  expect(told.kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ['copy', 3],
    ['removeMarker', 1],
    ['addMarker', 1],
  ]);
  const bytes = 'first of Alpha.txtfirst of beta.txtfirst of gamma.txt'.length;
  expect(told.kinds[0]).toMatchObject({ bytes, classes: [{ storageClass: 'STANDARD', count: 3, bytes }] });

  const copies = await listRestorePlan(admin, { id, kind: 'copy' });
  expect(copies).toMatchObject({ matching: 3, nextCursor: null });
  expect(copies.items[0]).toMatchObject({
    path: 't/Alpha.txt',
    before: { number: 2, size: 6 },
    after: { number: 1, size: 'first of Alpha.txt'.length },
  });
  const found = await listRestorePlan(admin, { id, kind: 'copy', q: 'ALPHA' });
  expect(found.items.map((item) => item.path)).toEqual(['t/Alpha.txt']);
  const { items: back } = await listRestorePlan(admin, { id, kind: 'removeMarker' });
  expect(back).toMatchObject([{ path: 't/deleted.txt', before: null, after: { number: 1 } }]);
  const { items: gone } = await listRestorePlan(admin, { id, kind: 'addMarker' });
  expect(gone).toMatchObject([{ path: 't/new.txt', before: { number: 1 }, after: null }]);

  const elsewhere = await home.makeActor([{ prefix: 'other/', role: 'admin' }]);
  await expect(getRestorePlan(elsewhere, { id })).rejects.toMatchObject({ code: 'not_found' });
});

it('compares with the store before it runs, and finds what the index has not heard of', async () => {
  const { id } = await plan();
  expect(await checkRestorePlan(admin, { id })).toMatchObject({ whole: true, changed: 0 });
  await files.write('t/stranger.txt', 'by another tool');
  await putDeleteMarker(files.ref('t/unheard.txt'));
  expect(await checkRestorePlan(admin, { id })).toMatchObject({ whole: true, changed: 2 });
  // Index and store agree now, and this plan is older than that.
  expect(await checkRestorePlan(admin, { id })).toMatchObject({ whole: true, changed: 2 });
  expect(await kindsOf((await plan()).id)).toEqual({ copy: 3, removeMarker: 2, addMarker: 2 });
  // One file, and the whole library, are compared in the same way.
  await files.write('t/beta.txt', 'third, by another tool');
  const one = await plan(['t/beta.txt']);
  expect(await checkRestorePlan(admin, { id: one.id })).toMatchObject({ whole: true, changed: 1 });
  await files.write('!top.txt', 'before every letter');
  const all = await plan(['']);
  expect(await checkRestorePlan(admin, { id: all.id })).toMatchObject({ whole: true, changed: 1 });
  const other = await home.makeActor();
  await expect(checkRestorePlan(other, { id })).rejects.toMatchObject({ code: 'forbidden' });
});

it('runs what was chosen, and says of the rest that it was left out', async () => {
  const { id } = await plan();
  const { items } = await listRestorePlan(admin, { id, kind: 'copy' });
  const gamma = items.find((item) => item.path === 't/gamma.txt')?.position ?? -1;
  const nothing = ['copy', 'removeMarker', 'addMarker'].map((kind) => ({ kind, all: false, except: [] }) as never);
  await expect(runPlannedOperation(admin, { id, choices: nothing })).rejects.toMatchObject({ code: 'wrong_state' });

  const { operation } = await runPlannedOperation(admin, {
    id,
    choices: [
      { kind: 'copy', all: false, except: [gamma] },
      { kind: 'addMarker', all: false, except: [] },
    ],
  });
  expect(operation).toMatchObject({ state: 'succeeded', counts: { done: 3, skipped: 4 } });
  const journal = await listOperationItems(admin, { id, state: 'skipped' });
  expect(journal.items.map((item) => [item.path, item.error?.code])).toEqual([
    ['t/Alpha.txt', 'left_out'],
    ['t/beta.txt', 'left_out'],
    ['t/new.txt', 'left_out'],
    ['t/stranger.txt', 'left_out'],
  ]);
  expect((await files.stored('t/gamma.txt'))[0]?.size).toBe('first of gamma.txt'.length);
  expect((await files.stored('t/new.txt'))[0]?.isDeleteMarker).toBe(false);
  await expect(getRestorePlan(admin, { id })).rejects.toMatchObject({ code: 'wrong_state' });
});

it('goes after a day when nobody starts it, cancelled or not; what was started stays', async () => {
  const [started, cancelled, forgotten, fresh] = [await plan(), await plan(), await plan(), await plan()];
  await runPlannedOperation(admin, { id: started.id });
  await cancelOperation(admin, { id: cancelled.id });
  const ids = [started, cancelled, forgotten, fresh].map(({ id }) => BigInt(id));
  const old = new Date(Date.now() - 25 * 60 * 60_000);
  await db().operation.updateMany({ where: { id: { in: ids.slice(0, 3) } }, data: { createdAt: old } });
  await removeOldPlans();
  const left = await db().operation.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
  expect(left.map(({ id }) => String(id))).toEqual([started.id, fresh.id]);
  expect(await db().operationItem.count({ where: { operationId: BigInt(forgotten.id) } })).toBe(0);
  await expect(runPlannedOperation(admin, { id: forgotten.id })).rejects.toMatchObject({ code: 'not_found' });
});
