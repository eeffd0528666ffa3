import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { readFollowGauges } from '#lib/follow/read-follow-gauges.ts';
import { putBytes, putDeleteMarker } from '#lib/storage/objects.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { reconcileLibrary } from '../reconcile/reconcile-library.ts';
import { workOnRun } from '../reconcile/work-on-run.ts';
import { checkDrift } from './check-drift.ts';
import { getDrift } from './get-drift.ts';
import { readUnrepairedNow } from './read-unrepaired.ts';
import { repairDrift } from './repair-drift.ts';
import { startDriftRepair } from './start-drift-repair.ts';

let database: OwnDatabase;
let test: TestLibrary;
let admin: Actor;
beforeAll(async () => {
  database = await makeOwnDatabase();
  process.env.DATABASE_URL = database.url;
  test = await makeTestLibrary({ rootPrefix: 'media/' });
  admin = await test.makeActor();
});
afterAll(async () => {
  await test.remove();
  await closeDb();
  await database.remove();
});

const ref = (path: string) => ({ bucket: test.library.bucket, key: `media/${path}` });
const put = (path: string, text = 'x') => putBytes(ref(path), Buffer.from(text), 'text/plain');
const input = () => ({ library: test.library.slug });
/** What a worker does with the comparison under way. */
async function work(): Promise<void> {
  const run = await db().indexRun.findFirst({ where: { libraryId: test.library.id, state: 'running' } });
  if (run) await workOnRun(run.id);
}

it('counts both sides apart, says where and why they differ, and ends at zero after the repair', async () => {
  for (const path of ['a/1.txt', 'a/2.txt', 'b/3.txt', 'b/c/4.txt']) await put(path, 'four');
  await reconcileLibrary(test.library.id);
  expect(await getDrift(admin, input())).toMatchObject({ before: null });

  await put('a/1.txt', 'another');
  await put('new/5.txt', 'five!');
  await putDeleteMarker(ref('b/3.txt'));
  const { versionId } = await db().asset.findFirstOrThrow({ where: { libraryId: test.library.id, path: 'b/c/4.txt' } });
  await removeVersion({ ...ref('b/c/4.txt'), versionId });

  expect((await checkDrift(admin, input())).last).toMatchObject({ state: 'running', repair: false });
  await expect(startDriftRepair(admin, input())).rejects.toMatchObject({ code: 'wrong_state' });
  await work();
  const { last: told } = await getDrift(admin, input());
  expect(told).toMatchObject({
    state: 'done',
    differences: 4,
    repaired: 0,
    causes: { 'version-added': 1, added: 1, trashed: 1, removed: 1 },
    bucket: { keys: 4, versions: 6, bytes: 4 * 3 + 7 + 5 },
    index: { keys: 4, versions: 4, bytes: 16 },
    folderCount: 4,
    folders: [
      { path: 'a/', keys: 0, versions: 1, bytes: 7 },
      { path: 'b/', keys: 0, versions: 1, bytes: 0 },
      { path: 'b/c/', keys: -1, versions: -1, bytes: -4 },
      { path: 'new/', keys: 1, versions: 1, bytes: 5 },
    ],
    items: [
      { path: 'a/1.txt', cause: 'version-added', repaired: false },
      { path: 'b/3.txt', cause: 'trashed', repaired: false },
      { path: 'b/c/4.txt', cause: 'removed', repaired: false },
      { path: 'new/5.txt', cause: 'added', repaired: false },
    ],
  });
  expect(told?.bucket.checksum).not.toBe(told?.index.checksum);
  // Nothing was changed by looking.
  expect(await db().asset.count({ where: { libraryId: test.library.id, path: 'new/5.txt' } })).toBe(0);

  expect(await readUnrepairedNow(test.library.id)).toBe(4);

  await startDriftRepair(admin, input());
  const queued = await database.query<{ payload: { runId: string } }>(
    `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'repair-drift'`,
  );
  expect(queued.map((job) => job.payload)).toEqual([{ runId: told?.id }]);
  await repairDrift(BigInt(String(told?.id)));
  expect(await readUnrepairedNow(test.library.id)).toBe(0);
  await work();
  expect(await readUnrepairedNow(test.library.id)).toBe(0);
  const { last, before } = await getDrift(admin, input());
  expect(last).toMatchObject({ state: 'done', repair: false, differences: 0, folderCount: 0, items: [] });
  expect(last?.index).toEqual(last?.bucket);
  expect(before).toMatchObject({ id: told?.id, differences: 4, repaired: 4, index: told?.index });
  await expect(startDriftRepair(admin, input())).rejects.toMatchObject({ code: 'wrong_state' });
});

it('agrees about a key that a file hides from listings', async () => {
  await put('h/inside.txt');
  await put('h', 'a file where a folder is');
  await reconcileLibrary(test.library.id);
  await checkDrift(admin, input());
  await work();
  const { last } = await getDrift(admin, input());
  expect(last).toMatchObject({ differences: 0, folderCount: 0 });
  expect(last?.index.checksum).toBe(last?.bucket.checksum);
});

it('is a number for whoever watches', async () => {
  const gauges = (await readFollowGauges()).filter(({ labels }) => labels.library === test.library.slug);
  const values = Object.fromEntries(gauges.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({
    strata_index_drift_keys: 0,
    strata_index_followed: 0,
    strata_index_events_waiting: 0,
  });
  expect(values).not.toHaveProperty('strata_index_lag_seconds');
});

it('is for admins of the whole library', async () => {
  const viewer = await test.makeActor([{ prefix: '', role: 'viewer' }]);
  for (const call of [getDrift, checkDrift, startDriftRepair])
    await expect(call(viewer, input())).rejects.toMatchObject({ code: 'forbidden' });
});
