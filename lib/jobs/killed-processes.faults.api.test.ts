import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient, type Started } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';

let app: AppUnderTest;
let anna: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest();
  anna = appClient(await app.signIn(), app.library.slug);
}, 180_000);
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 120_000 });

const named = (folder: string, count: number) => Array.from({ length: count }, (_, at) => `${folder}${at}.jpg`);
const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });
const completedIn = (folder: string) =>
  db().upload.count({ where: { path: { startsWith: folder }, state: 'completed' } });
const sendAll = async (paths: string[]): Promise<Started[]> => {
  const started = await anna.start(paths);
  expect(new Set(await Promise.all(started.map((one) => anna.put(one))))).toEqual(new Set([200]));
  return started;
};

/** As if links, turns and claims had run out: the sweep looks at these now. */
const makeDue = (folder: string) =>
  db().upload.updateMany({
    where: { path: { startsWith: folder }, state: { in: ['reserved', 'uploading', 'completing'] } },
    data: { lookAt: new Date(Date.now() - 1_000) },
  });
/** As if runners had been silent for long. */
const silenceRunners = () =>
  db().operation.updateMany({
    where: { state: { in: ['queued', 'running'] } },
    data: { heartbeatAt: new Date(Date.now() - 120_000) },
  });

const trash = (paths: string[]) =>
  anna.call('POST', `/libraries/${app.library.slug}/operations`, { type: 'trash', selection: { paths } });
type OperationView = { id: string; state: string; counts: Record<string, number>; undoable: boolean };
const operation = async (id: bigint | string) =>
  (await anna.ask<{ operation: OperationView }>('GET', `/operations/${id}`)).operation;
const newestOperation = () =>
  db().operation.findFirst({ orderBy: { id: 'desc' }, include: { items: { orderBy: { position: 'asc' } } } });
const doneItems = async () => ((await newestOperation())?.items ?? []).filter((item) => item.state === 'done');

/** The killed one's items stay as they are, the rest is done once, and each file has one marker on one version. */
async function expectTakenOver(doneBefore: Awaited<ReturnType<typeof doneItems>>, paths: string[]): Promise<void> {
  const made = (await newestOperation())!;
  await silenceRunners();
  await app.cron('resume-operations');
  await until('another process to finish the operation', async () => (await operation(made.id)).state === 'succeeded');
  expect(await operation(made.id)).toMatchObject({
    counts: { total: paths.length, done: paths.length, failed: 0, conflict: 0 },
    undoable: true,
  });
  const kept = (await doneItems()).filter((item) => doneBefore.some((one) => one.position === item.position));
  expect(kept).toEqual(doneBefore);
  const histories = await Promise.all(paths.map(stored));
  for (const history of histories) expect(history.map((version) => version.isDeleteMarker)).toEqual([true, false]);
  expect(await findHalfTruths(app.library)).toEqual([]);
}

/** Kills a process over a request that the store has carried out, with the answer still on its way. */
async function killAt(name: 'web' | 'worker', request: RegExp, begin: () => Promise<unknown>): Promise<void> {
  app.wires.store.holdFrom(request);
  await begin();
  await until(`${name} to be in the middle`, async () => app.wires.store.isHeld);
  await app.kill(name);
  app.wires.store.mend();
}

describe('worker killed', () => {
  it('during the sweep: another one takes over, nothing is lost or doubled', async () => {
    const paths = named('sweep/', 24);
    const started = await sendAll(paths);
    await makeDue('sweep/');
    await killAt('worker', /^HEAD [^ ]*sweep\/12\.jpg/, () => app.cron('sweep-uploads'));
    expect(await completedIn('sweep/')).toBeLessThan(paths.length);

    await makeDue('sweep/');
    await app.cron('sweep-uploads');
    await until('the rest to be adopted', async () => (await completedIn('sweep/')) === paths.length);
    expect(await anna.names('sweep/')).toHaveLength(paths.length);
    for (const history of await Promise.all(started.map((one) => stored(one.path)))) expect(history).toHaveLength(1);
    expect(await findHalfTruths(app.library)).toEqual([]);
    expect((await anna.complete(started)).filter((result) => result.state !== 'completed')).toEqual([]);
  });

  it('during an operation: another one takes over, nothing is lost or doubled', async () => {
    const paths = named('many/', 51);
    await anna.upload(paths);
    await killAt('worker', /^POST [^ ]*\?delete/, async () => {
      expect((await trash(['many/'])).body.operation).toMatchObject({
        // A worker that waits for work has it before the answer is written.
        state: expect.stringMatching(/^(queued|running)$/),
      });
    });
    const done = await doneItems();
    expect(done.length).toBeLessThan(paths.length);
    await expectTakenOver(done, paths);
  });
});

describe('web killed', () => {
  it('between PUT and complete: the sweep adopts the upload', async () => {
    const started = await sendAll(named('adopt/', 3));
    await app.kill('web');
    await app.untilReady();
    expect(await anna.names('')).not.toContain('adopt');
    await makeDue('adopt/');
    await app.cron('sweep-uploads');
    await until('the sweep to adopt them', async () => (await completedIn('adopt/')) === 3);
    expect(await anna.names('adopt/')).toEqual(['0.jpg', '1.jpg', '2.jpg']);
    expect((await anna.complete(started)).map((result) => result.state)).toEqual(Array(3).fill('completed'));
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('in the middle of completing: the next complete goes on, nothing is lost or doubled', async () => {
    const started = await sendAll(named('half/', 24));
    const cutOff: Promise<unknown>[] = [];
    await killAt('web', /^HEAD [^ ]*half\/12\.jpg/, async () => cutOff.push(expectCutOff(anna.complete(started))));
    await Promise.all(cutOff);
    expect(await completedIn('half/')).toBeLessThan(24);
    await app.untilReady();
    await makeDue('half/');
    expect((await anna.complete(started)).filter((result) => result.state !== 'completed')).toEqual([]);
    expect(await anna.names('half/')).toHaveLength(24);
    for (const history of await Promise.all(started.map((one) => stored(one.path)))) expect(history).toHaveLength(1);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('in the middle of an operation that ran in the request: the worker takes over', async () => {
    const paths = named('inline/', 20);
    await anna.upload(paths);
    const cutOff: Promise<unknown>[] = [];
    await killAt('web', /^POST [^ ]*\?delete/, async () => cutOff.push(expectCutOff(trash(['inline/']))));
    await Promise.all(cutOff);
    await app.untilReady();
    const done = await doneItems();
    expect(done.length).toBeLessThan(paths.length);
    await expectTakenOver(done, paths);
  });
});

/** The request whose process died got no answer. */
function expectCutOff(request: Promise<unknown>): Promise<void> {
  return expect(request).rejects.toThrow('fetch failed');
}
