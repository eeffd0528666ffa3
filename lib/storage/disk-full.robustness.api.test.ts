import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { type SmallStore, startSmallStore } from '#scripts/testing/small-store.ts';

let store: SmallStore;
let app: AppUnderTest;
let anna: AppClient;
beforeAll(async () => {
  store = await startSmallStore();
  Object.assign(process.env, store.env);
  app = await startAppUnderTest();
  anna = appClient(await app.signIn('admin'), app.library.slug);
}, 240_000);
afterAll(async () => {
  console.log(
    `disk full: ${store?.how}; uploads and copies were refused, browsing went on, and all of it went on when there was space`,
  );
  store?.free();
  await app?.stop();
  await store?.stop();
});
vi.setConfig({ testTimeout: 240_000 });

type Operation = { id: string; state: string; counts: Record<string, number> };
const operation = async (id: string) =>
  (await anna.ask<{ operation: Operation }>('GET', `/operations/${id}`)).operation;

it('a store without space refuses writes and loses nothing; with space again everything goes on where it was', async () => {
  const before = await anna.upload(['full/a.jpg', 'full/b.jpg']);
  const [waiting] = await anna.start(['full/c.jpg']);
  store.fill();

  const refused = await anna.put(waiting!);
  expect([500, 503, 507]).toContain(refused);
  const [result] = await anna.complete([waiting!]);
  expect(result).toMatchObject({ ok: false });
  const copy = await anna.call('POST', `/libraries/${app.library.slug}/operations`, {
    type: 'copy',
    selection: { paths: ['full/a.jpg'] },
    params: { to: 'copies/' },
  });
  expect(copy.status).toBe(200);
  const { id } = (copy.body as { operation: Operation }).operation;
  expect((await operation(id)).counts.done).toBe(0);
  expect(await anna.names('full/')).toEqual(['a.jpg', 'b.jpg']);
  expect(await anna.names('')).not.toContain('copies');
  expect((await fetch(`${process.env.APP_URL}/readyz`)).status).toBe(200);

  store.free();
  // MinIO looks at its disk once a second.
  await until('the store to take bytes again', async () => (await anna.put(waiting!)) === 200);
  await until('the upload to be completed', async () => (await anna.complete([waiting!]))[0]?.state === 'completed');
  await until('the copy to be made', async () => {
    const { state } = await operation(id);
    if (['failed', 'partial'].includes(state)) await anna.call('POST', `/operations/${id}/retry`, {});
    return state === 'succeeded';
  });
  expect(await anna.names('copies/')).toEqual(['a.jpg']);
  for (const one of [...before, waiting!]) {
    expect(await listKeyVersions({ bucket: app.library.bucket, key: one.path })).toHaveLength(1);
  }
  expect(await findHalfTruths(app.library)).toEqual([]);
});
