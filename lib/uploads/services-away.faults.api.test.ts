import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import type { Answer } from '#scripts/testing/browser.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { noise } from '#scripts/testing/uploads.ts';

let app: AppUnderTest;
let anna: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest();
  anna = appClient(await app.signIn(), app.library.slug);
}, 180_000);
afterEach(() => {
  for (const wire of Object.values(app?.wires ?? {})) wire.mend();
});
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 120_000 });

const away = 10_000;
/** A worker that waits for work has it before the answer is written. */
const underWay = /^(queued|running)$/;
const partSize = 16 * 1024 ** 2;
const large = noise(partSize + 7);
const named = (folder: string, count: number) => Array.from({ length: count }, (_, at) => `${folder}${at}.jpg`);
const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });
const trash = (paths: string[]) =>
  anna.call('POST', `/libraries/${app.library.slug}/operations`, { type: 'trash', selection: { paths } });
const operation = async (id: string) =>
  (await anna.ask<{ operation: { state: string; counts: object } }>('GET', `/operations/${id}`)).operation;

/** A problem as the contract has it: code, and when to come back. */
function expectAway(answer: Answer, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 503, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

/** Calls again until it works, as the browser's engine does; every refusal on the way must be of that code. */
async function insist(code: string, call: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await call();
    if (answer.status === 200) return answer;
    expectAway(answer, code);
    if (Date.now() > deadline) throw new Error('It never came back.');
    await sleep(300);
  }
}

/** Completes until each is completed, as the browser's engine does. */
async function insistOnCompletion(started: Awaited<ReturnType<AppClient['start']>>, code: string): Promise<void> {
  const ids = started.map((one) => one.id);
  await until('all uploads to be completed', async () => {
    const answer = await anna.call('POST', '/uploads/complete', { ids });
    if (answer.status !== 200) {
      expectAway(answer, code);
      await sleep(300);
      return false;
    }
    const { results } = answer.body as { results: { ok: boolean; state?: string; error?: { code: string } }[] };
    for (const { ok, error } of results) if (!ok) expect(error?.code).toBe(code);
    return results.every((result) => result.state === 'completed');
  });
}

const readiness = async () => {
  const [health, ready] = await Promise.all([
    fetch(`${process.env.APP_URL}/healthz`),
    fetch(`${process.env.APP_URL}/readyz`),
  ]);
  return { alive: health.status, ready: ready.status, ...((await ready.json()) as object) };
};

describe('Postgres away for 10 s', () => {
  it('every request answers database_unavailable with Retry-After; then everything works, and nothing is half-visible', async () => {
    const before = await anna.upload(named('db/before/', 3));
    const sent = await anna.start(named('db/sent/', 5));
    await Promise.all(sent.map((one) => anna.put(one)));
    const many = await anna.start(named('db/cut/', 60));
    await Promise.all(many.map((one) => anna.put(one)));

    // Sixty completions are under way when the wire is cut.
    const cutOff = anna.call('POST', '/uploads/complete', { ids: many.map((one) => one.id) });
    await until('some to be completed', async () => {
      const done = await db().upload.count({ where: { path: { startsWith: 'db/cut/' }, state: 'completed' } });
      return done > 3;
    });
    app.wires.postgres.cut();
    const back = sleep(away).then(() => app.wires.postgres.mend());

    const slug = app.library.slug;
    const newFile = await anna.startBody(['db/new.jpg']);
    const asked = await Promise.all([
      anna.call('GET', '/me'),
      anna.call('GET', `/libraries/${slug}/entries?path=db/`),
      anna.call('POST', `/libraries/${slug}/uploads`, newFile),
      anna.call('POST', '/uploads/complete', { ids: sent.map((one) => one.id) }),
      trash(before.map((one) => one.path)),
      anna.call('GET', '/uploads'),
    ]);
    for (const answer of asked) expectAway(answer, 'database_unavailable');
    expect(await readiness()).toEqual({ alive: 200, ready: 503, database: false, store: true });
    const interrupted = await cutOff;
    if (interrupted.status !== 200) expectAway(interrupted, 'database_unavailable');

    await Promise.all([
      insist('database_unavailable', () => anna.call('POST', `/libraries/${slug}/uploads`, newFile)),
      insistOnCompletion(sent, 'database_unavailable'),
      back,
    ]);
    // What the cut caught in the middle is held by nobody any more; its claim runs out by itself, here at once.
    await db().upload.updateMany({ where: { state: 'completing' }, data: { lookAt: new Date() } });
    await insistOnCompletion(many, 'database_unavailable');
    const again = await anna.start(['db/new.jpg']);
    await anna.put(again[0]!);
    await insistOnCompletion(again, 'database_unavailable');

    expect(await anna.names('db/sent/')).toHaveLength(5);
    expect(await anna.names('db/cut/')).toHaveLength(60);
    for (const one of [...before, ...sent, ...again]) expect(await stored(one.path)).toHaveLength(1);
    expect(await db().operation.count()).toBe(0);
    expect(await readiness()).toEqual({ alive: 200, ready: 200, database: true, store: true });
    expect(await findHalfTruths(app.library)).toEqual([]);

    // The worker has come back by itself too.
    const { operation: made } = (await trash(['db/cut/'])).body as { operation: { id: string; state: string } };
    expect(made.state).toMatch(underWay);
    await until('the worker to run the operation', async () => (await operation(made.id)).state === 'succeeded');
    expect(await anna.names('db/')).not.toContain('cut');
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('a Postgres that hangs is found out as well: alive, not ready', async () => {
    app.wires.postgres.hold();
    expect(await readiness()).toEqual({ alive: 200, ready: 503, database: false, store: true });
    app.wires.postgres.mend();
    await app.untilReady();
    expect(await anna.names('')).toContain('db');
  });
});

describe('store away for 10 s', () => {
  it('answers store_unavailable with Retry-After, browsing goes on, uploads go on where they were, and complete succeeds', async () => {
    const before = await anna.upload(named('store/before/', 3));
    const sent = await anna.start(named('store/sent/', 8));
    await Promise.all(sent.map((one) => anna.put(one)));
    const film = await anna.startLarge('store/film.mov', large);
    expect(await anna.sendPart(film, large, 1)).toBe(200);

    app.wires.store.cut();
    app.wires.browser.cut();
    const back = sleep(away).then(() => {
      app.wires.store.mend();
      app.wires.browser.mend();
    });
    const [fresh] = await anna.start(['store/fresh.jpg']);
    await expect(anna.put(fresh!)).rejects.toThrow('fetch failed');
    expectAway(await anna.call('POST', '/uploads/complete', { ids: sent.map((one) => one.id) }), 'store_unavailable');
    expectAway(await anna.call('POST', '/uploads/complete', { ids: [film.id] }), 'store_unavailable');
    expectAway(await anna.call('GET', `/uploads/${film.id}`), 'store_unavailable');
    expect(await anna.names('store/before/')).toHaveLength(3);
    expect(await anna.names('store/')).not.toContain('sent');
    expect(await readiness()).toEqual({ alive: 200, ready: 503, database: true, store: false });
    const answer = await trash([before[0]!.path]);
    expect(answer.body.operation).toMatchObject({ state: expect.stringMatching(underWay) });
    const waiting = answer.body as { operation: { id: string } };

    await Promise.all([insistOnCompletion(sent, 'store_unavailable'), back]);
    const { storedParts } = await anna.ask<{ storedParts: { number: number }[] }>('GET', `/uploads/${film.id}`);
    expect(storedParts.map((part) => part.number)).toEqual([1]);
    expect(await anna.sendPart(film, large, 2)).toBe(200);
    expect(await anna.put(fresh!)).toBe(200);
    await insistOnCompletion([film, fresh!], 'store_unavailable');
    await until('the waiting operation', async () => (await operation(waiting.operation.id)).state === 'succeeded');

    for (const one of [...sent, film, fresh!]) expect(await stored(one.path)).toHaveLength(1);
    expect((await stored(before[0]!.path)).map((version) => version.isDeleteMarker)).toEqual([true, false]);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('the answer to a PUT lost on the way: own success, no conflict', async () => {
    const [photo] = await anna.start(['lost/put.jpg']);
    app.wires.browser.loseAnswerTo(/^PUT [^ ]*lost\/put\.jpg\?/);
    await expect(anna.put(photo!)).rejects.toThrow('fetch failed');
    await until('the object to be at the store', async () => (await stored('lost/put.jpg')).length === 1);
    expect(await anna.put(photo!)).toBe(412);
    expect(await anna.complete([photo!])).toMatchObject([{ ok: true, state: 'completed' }]);
    expect(await stored('lost/put.jpg')).toHaveLength(1);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('the answer to a Complete lost on the way: own success, no conflict', async () => {
    const film = await anna.startLarge('lost/complete.mov', large);
    for (const number of [1, 2]) expect(await anna.sendPart(film, large, number)).toBe(200);
    app.wires.store.loseAnswerTo(/^POST [^ ]*lost\/complete\.mov\?[^ ]*uploadId=/);
    await insistOnCompletion([film], 'store_unavailable');
    expect(app.wires.store.lost).toBe(1);
    expect(await stored('lost/complete.mov')).toHaveLength(1);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });
});
