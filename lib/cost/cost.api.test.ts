import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { lifecycleRule } from '#lib/lifecycle/schema.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import { createMultipart } from '#lib/storage/multipart.ts';
import { putBytes, putDeleteMarker } from '#lib/storage/objects.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { forecastCost } from './forecast-cost.ts';
import { getCost } from './get-cost.ts';
import { measureUsage } from './measure-usage.ts';
import { pricesUsEast1 } from './prices-us-east-1.ts';
import { setMonthlyUse } from './set-monthly-use.ts';
import { setPrices } from './set-prices.ts';

let test: TestLibrary;
let admin: Actor;
beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
  await put('photos/a.jpg', 'first');
  await put('photos/a.jpg', 'second!');
  await put('notes.txt', 'abc');
  await put('photos/gone.jpg', 'in the trash');
  await putDeleteMarker({ bucket: test.library.bucket, key: 'photos/gone.jpg' });
  await syncKey(test.library, 'photos/gone.jpg');
});
afterAll(async () => {
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE "key" = ${`measure-usage:${test.library.id}`}`;
  await test?.remove();
  await closeDb();
});

async function put(key: string, body: string): Promise<void> {
  await putBytes({ bucket: test.library.bucket, key }, body, 'text/plain');
  await syncKey(test.library, key);
}
const library = () => test.library.slug;

describe('what a library costs', () => {
  it('is not known before it was measured, and asks the worker for it', async () => {
    expect((await getCost(admin, { library: library() })).cost).toBeNull();
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`measure-usage:${test.library.id}`}`;
    expect(jobs).toHaveLength(1);
  });

  it('counts live files, old versions and the trash by folder', async () => {
    // In pieces: the sums are put together.
    await measureUsage(test.library, 1n);
    const { cost } = await getCost(admin, { library: library() });
    const counts = (lines: { name: string; count: number; bytes: number }[] = []) =>
      Object.fromEntries(lines.map(({ name, count, bytes }) => [name, [count, bytes]]));
    expect(counts(cost?.byAge)).toEqual({ live: [2, 10], old: [1, 5], trash: [1, 12] });
    expect(counts(cost?.byFolder)).toEqual({ 'photos/': [3, 24], '': [1, 3] });
    expect(counts(cost?.byClass)).toEqual({ STANDARD: [4, 27] });
    expect(cost?.perMonth).toBeCloseTo((27 / 2 ** 30) * 0.023, 15);
  });

  it('finds an upload that another tool never finished', async () => {
    await createMultipart({
      ref: { bucket: test.library.bucket, key: 'left-over.bin' },
      contentType: 'application/octet-stream',
      metadata: {},
      encryption: { kind: 'none' },
    });
    await measureUsage(test.library);
    const { cost } = await getCost(admin, { library: library() });
    expect(cost?.leftovers.uploads).toMatchObject({ count: 1, bytes: 0, exact: true });
  });

  it('takes the prices of an admin, audits it, and goes back to those that ship', async () => {
    const own = {
      ...pricesUsEast1,
      name: 'Our rack',
      classes: { STANDARD: { ...pricesUsEast1.classes.STANDARD, storage: [{ upToGb: null, perGbMonth: 1 }] } },
    } as typeof pricesUsEast1;
    expect((await setPrices(admin, { library: library(), prices: own })).ownPrices).toBe(true);
    expect((await getCost(admin, { library: library() })).cost?.perMonth).toBeCloseTo(27 / 2 ** 30, 12);
    const audit = await db().auditEvent.findFirst({ where: { libraryId: test.library.id, type: 'prices.changed' } });
    expect(audit?.data).toMatchObject({ after: 'Our rack' });
    await expect(setPrices(admin, { library: library(), prices: { ...own, classes: {} } })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect((await setPrices(admin, { library: library(), prices: null })).prices.name).toBe(pricesUsEast1.name);
  });

  it('looks twelve months ahead, with rules and without', async () => {
    const rules = [
      lifecycleRule.parse({
        name: 'Old',
        enabled: true,
        oldVersions: { transitions: [], removeAfterDays: 1, keepNewest: null },
      }),
    ];
    const { asIs, withRules, nextCursor } = await forecastCost(admin, { library: library(), rules });
    expect(nextCursor).toBeNull();
    const last = (months: typeof asIs) => months.at(-1)?.objectDays.STANDARD ?? 0;
    // The old version of a.jpg and what lies in the trash are gone by then.
    expect(last(withRules) / last(asIs)).toBeCloseTo(0.5, 6);
  });

  it('is for admins of the whole library', async () => {
    const part = await test.makeActor([{ prefix: 'photos/', role: 'admin' }]);
    await expect(getCost(part, { library: library() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setPrices(part, { library: library(), prices: null })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('requests and traffic', () => {
  it('counts what was asked of the store, and what is read as an admin expects it', async () => {
    const { operation } = await startOperation(admin, {
      library: library(),
      type: 'reclass',
      selection: { paths: ['notes.txt'] },
      params: { storageClass: 'REDUCED_REDUNDANCY' },
    });
    await undoOperation(admin, { id: operation.id });
    await measureUsage(test.library);
    const running = async () => (await getCost(admin, { library: library() })).cost?.running;
    const use = { downloads: 500, bytes: 2 ** 31 };
    expect(await running()).toMatchObject({
      use: null,
      viaCloudFront: false,
      lines: [
        { name: 'uploads', count: 0 },
        { name: 'changes', count: 2, requests: 2 + 6 },
        { name: 'comparing', requests: 720 },
      ],
    });
    await setMonthlyUse(admin, { library: library(), use });
    expect(await running()).toMatchObject({ use, cloudFrontSaves: expect.closeTo(0.01, 9) });
    expect((await running())?.lines.at(-1)).toMatchObject({ name: 'traffic', bytes: 2 ** 31, perMonth: 0.18 });
    const viewer = await test.makeActor([{ prefix: '', role: 'contributor' }]);
    await expect(setMonthlyUse(viewer, { library: library(), use: null })).rejects.toMatchObject({ code: 'forbidden' });
    await setMonthlyUse(admin, { library: library(), use: null });
    expect(await running()).toMatchObject({ use: null, cloudFrontSaves: null });
  });
});
