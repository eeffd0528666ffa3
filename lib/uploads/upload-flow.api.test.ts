import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { sendSigned } from '#scripts/testing/store.ts';
import { testUploads } from '#scripts/testing/uploads.ts';
import { completeUploads } from './complete-uploads.ts';
import { getUploadFlow } from './get-upload-flow.ts';
import { withUploadCall } from './record-upload-call.ts';
import { startUploads } from './start-uploads.ts';

let test: TestLibrary;
let admin: Actor;
/** As the handlers bind them. */
const start = withUploadCall(
  'start',
  (_: Parameters<typeof startUploads>[1], { results }: Awaited<ReturnType<typeof startUploads>>) =>
    results.flatMap((one) => (one.ok ? [one.id] : [])),
  startUploads,
);
const complete = withUploadCall('complete', ({ ids }: { ids: string[] }) => ids, completeUploads);

beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
});
afterAll(async () => {
  await db().uploadCall.deleteMany({ where: { libraryId: test.library.id } });
  await test?.remove();
  await closeDb();
});

it('tells of a real upload what went through the app and what went to the store', async () => {
  const { fileOf } = testUploads(test);
  const body = 'x'.repeat(50_000);
  const files = [await fileOf('flow/a.jpg', body), await fileOf('flow/b.jpg', 'y')];
  const { results } = await start(admin, { library: test.library.slug, files });
  const ids = results.flatMap((one) => (one.ok ? [one.id] : []));
  expect(ids).toHaveLength(2);
  const [first, second] = results;
  for (const [one, bytes] of [
    [first, body],
    [second, 'y'],
  ] as const) {
    if (!one?.ok || one.plan.kind !== 'single') throw new Error('It was not to go in one piece.');
    expect((await sendSigned({ ...one.plan, method: 'PUT' }, bytes)).status).toBe(200);
  }
  await complete(admin, { ids });

  const { flow } = await getUploadFlow(admin, { id: String(ids[0]) });
  expect(flow.steps.map(({ step, route, files: count }) => [step, route, count])).toEqual([
    ['start', 'app', 2],
    ['bytes', 'store', 1],
    ['complete', 'app', 2],
  ]);
  expect(flow.storeBytes).toBe(50_000);
  // JSON of two calls: its exact length is the endpoints' business.
  expect(flow.appBytes).toBeGreaterThan(200);
  expect(flow.appBytes).toBeLessThan(10_000);
  expect(flow.day).toMatchObject({ calls: 2, files: 2, storeBytes: 50_001 });
  expect(flow.day.appBytes).toBeGreaterThanOrEqual(flow.appBytes);
});

it('shows nothing of what is not yours, and of what is not kept any more only the file', async () => {
  const upload = await db().upload.findFirstOrThrow({ where: { libraryId: test.library.id, path: 'flow/a.jpg' } });
  const elsewhere = await test.makeActor([{ prefix: 'other/', role: 'admin' }]);
  await expect(getUploadFlow(elsewhere, { id: upload.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(getUploadFlow(admin, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  await db().uploadCall.deleteMany({ where: { libraryId: test.library.id } });
  const { flow } = await getUploadFlow(admin, { id: upload.id });
  expect(flow).toMatchObject({ steps: [], appBytes: 0, path: 'flow/a.jpg', size: 50_000 });
});
