import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { getRestorePlan } from '#lib/restore/get-restore-plan.ts';
import { headObject } from '#lib/storage/objects.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { ThawingRelay } from '#scripts/testing/thawing-relay.ts';
import { cancelOperation } from './cancel-operation.ts';
import { getOperation } from './get-operation.ts';
import { resumeOperations } from './resume-operations.ts';
import { runOperation } from './run-operation.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

let relay: ThawingRelay;
let home: TestLibrary;
let files: TestFiles;
let admin: Actor;
let at: string;
const archived: Record<string, string> = {};

beforeAll(async () => {
  relay = await ThawingRelay.before(String(process.env.S3_ENDPOINT));
  process.env.S3_ENDPOINT = relay.url;
  home = await makeTestLibrary();
  files = testFiles(home);
  admin = await home.makeActor();
  for (const name of ['flexible', 'deep', 'plain']) archived[name] = await files.put(`cold/${name}.txt`, `old ${name}`);
  relay.archive(String(archived.flexible), 'GLACIER');
  relay.archive(String(archived.deep), 'DEEP_ARCHIVE');
  await sleep(1_100);
  at = new Date().toISOString();
  await sleep(1_100);
  for (const name of ['flexible', 'deep', 'plain']) await files.put(`cold/${name}.txt`, `new ${name}`);
});
afterAll(async () => {
  await home.remove();
  await closeDb();
  await relay.close();
});

const plan = (params: object = {}) =>
  startOperation(admin, {
    library: home.library.slug,
    type: 'restore-to-time',
    selection: { paths: ['cold/'] },
    params: { at, ...params },
    dryRun: true,
  });
const view = async (id: string) => (await getOperation(admin, { id })).operation;
/** As if the time until the next look were over. */
async function hoursLater(id: string): Promise<void> {
  const then = new Date(Date.now() - 1_000);
  await db().operationItem.updateMany({
    where: { operationId: BigInt(id), waitsUntil: { not: null } },
    data: { waitsUntil: then },
  });
  await db().operation.update({ where: { id: BigInt(id) }, data: { waitsUntil: then } });
}
const sizeOf = async (path: string) => (await headObject(files.ref(path)))?.size;
const sizes = async () => [
  await sizeOf('cold/flexible.txt'),
  await sizeOf('cold/deep.txt'),
  await sizeOf('cold/plain.txt'),
];

it('says which are archived, and without a thaw restores the rest and tells why not those', async () => {
  const { operation } = await plan();
  expect(operation.plan.counts).toMatchObject({ copy: 3, thaw: 2 });
  const ran = (await runPlannedOperation(admin, { id: operation.id })).operation;
  expect(ran).toMatchObject({ state: 'partial', counts: { done: 1, failed: 2 } });
  expect(relay.asked).toEqual([]);
  await undoOperation(admin, { id: operation.id });
});

it('asks for the thaw, waits as long as it takes, goes on by itself, and is undone as a whole', async () => {
  const { operation } = await plan({ thaw: { tier: 'Bulk', days: 3 } });
  const { id } = operation;
  const started = (await runPlannedOperation(admin, { id })).operation;
  expect(started).toMatchObject({ state: 'queued', counts: { done: 1, pending: 2 }, thawing: { count: 2 } });
  expect(await sizes()).toEqual(['new flexible'.length, 'new deep'.length, 'old plain'.length]);
  expect(relay.asked.map(({ tier, days, answer }) => ({ tier, days, answer }))).toEqual([
    { tier: 'Bulk', days: 3, answer: 202 },
    { tier: 'Bulk', days: 3, answer: 202 },
  ]);
  // Nobody looks before the time has come.
  expect(await runOperation(BigInt(id))).toBe('busy');
  await db().operation.update({
    where: { id: BigInt(id) },
    data: { createdAt: new Date(Date.now() - 3 * 60 * 60_000) },
  });
  await resumeOperations();
  const jobs = await db().$queryRaw<{ waits: boolean }[]>`
    SELECT "run_at" > now() AS "waits" FROM graphile_worker.jobs WHERE "key" = ${`run-operation:${id}`}`;
  expect(jobs).toEqual([{ waits: true }]);

  relay.thaw(String(archived.flexible));
  await hoursLater(id);
  expect(await resumeOperations()).toBeGreaterThan(0);
  expect(await runOperation(BigInt(id))).toBe('resting');
  expect(await view(id)).toMatchObject({ state: 'queued', counts: { done: 2, pending: 1 }, thawing: { count: 1 } });
  expect(relay.asked.at(-1)).toMatchObject({ versionId: archived.deep, answer: 409 });

  relay.thaw(String(archived.deep));
  await hoursLater(id);
  expect(await runOperation(BigInt(id))).toBe('ended');
  expect(await view(id)).toMatchObject({ state: 'succeeded', counts: { done: 3 }, thawing: null, undoable: true });
  expect(await sizes()).toEqual(['old flexible'.length, 'old deep'.length, 'old plain'.length]);

  await undoOperation(admin, { id });
  expect(await sizes()).toEqual(['new flexible'.length, 'new deep'.length, 'new plain'.length]);
});

it('restores one version in the same way, and a cancel ends the waiting', async () => {
  const versionId = await files.put('one.txt', 'archived');
  relay.archive(versionId, 'GLACIER');
  await files.put('one.txt', 'newer');
  await syncKey(home.library, files.ref('one.txt').key);
  const { operation: planned } = await startOperation(admin, {
    library: home.library.slug,
    type: 'restore-version',
    selection: { ids: [await files.id('one.txt')] },
    params: { versionId },
    dryRun: true,
  });
  const { plan: told } = await getRestorePlan(admin, { id: planned.id });
  expect(told.kinds).toMatchObject([{ kind: 'thaw', count: 1, classes: [{ storageClass: 'GLACIER' }] }]);
  const thaw = { tier: 'Expedited', days: 1 } as const;
  const { operation } = await runPlannedOperation(admin, { id: planned.id, thaw });
  expect(operation).toMatchObject({ state: 'queued', thawing: { count: 1 } });
  expect(relay.asked.at(-1)).toMatchObject({ versionId, tier: 'Expedited', days: 1 });
  const cancelled = (await cancelOperation(admin, { id: operation.id })).operation;
  expect(cancelled).toMatchObject({ state: 'cancelled', thawing: null });
  expect(await sizeOf('one.txt')).toBe('newer'.length);
});
