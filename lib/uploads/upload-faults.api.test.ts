import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, requireTestDatabase, type TestLibrary } from '#scripts/testing/library.ts';
import { requireTestStore } from '#scripts/testing/store.ts';
import { TcpProxy } from '#scripts/testing/tcp-proxy.ts';
import { noise, type TestUploads, testUploads } from '#scripts/testing/uploads.ts';
import { getUpload } from './get-upload.ts';
import { signParts } from './sign-parts.ts';
import { sweepUploads } from './sweep-uploads.ts';

let home: TestLibrary;
let files: TestFiles;
let browser: TestUploads;
let anna: Actor;
let store: TcpProxy;
let postgres: TcpProxy;

beforeAll(async () => {
  requireTestDatabase();
  requireTestStore();
  // The app reads its environment at the first call, so from here on it goes through wires that can be cut.
  const wires = {
    S3_ENDPOINT: await TcpProxy.before(String(process.env.S3_ENDPOINT)),
    DATABASE_URL: await TcpProxy.before(String(process.env.DATABASE_URL)),
  };
  process.env.S3_ENDPOINT = wires.S3_ENDPOINT.url;
  process.env.DATABASE_URL = wires.DATABASE_URL.url;
  store = wires.S3_ENDPOINT.proxy;
  postgres = wires.DATABASE_URL.proxy;
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  files = testFiles(home);
  browser = testUploads(home);
  anna = await home.makeActor([{ prefix: '', role: 'contributor' }], 'Anna Roth');
});
afterEach(() => {
  store.mend();
  postgres.mend();
});
afterAll(async () => {
  await home.remove();
  await closeDb();
  await store.close();
  await postgres.close();
});

const body = noise(16 * 1024 ** 2 + 7);

/** What the browser's engine does: asks again while the answer is 503. */
async function insist<T>(call: () => Promise<T>): Promise<{ answer: T; refusals: string[] }> {
  const refusals: string[] = [];
  for (let attempt = 0; attempt < 60; attempt++) {
    try {
      return { answer: await call(), refusals };
    } catch (error) {
      const away =
        error instanceof AppError ? error.status === 503 && error.retryAfter !== undefined : isDatabaseAway(error);
      if (!away) throw error;
      refusals.push(error instanceof AppError ? error.code : 'database_unavailable');
      await sleep(500);
    }
  }
  throw new Error(`It never came back: ${refusals.join(', ')}`);
}

describe('store away for 10 s', () => {
  it('completing waits with store_unavailable and Retry-After, and goes on by itself: nothing lost, nothing half-visible', async () => {
    const small = await browser.start(anna, 'store-away.jpg', 'hello');
    const large = await browser.start(anna, 'store-away.mov', body);
    await browser.put(small, 'hello');
    await browser.sendParts(anna, large, body);
    store.cut();
    await expect(browser.complete(anna, small.id)).rejects.toMatchObject({
      code: 'store_unavailable',
      retryAfter: expect.any(Number),
    });
    expect(await browser.row(small.id)).toMatchObject({ state: 'uploading', claim: null });
    await expect(getUpload(anna, { id: large.id })).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(files.asset('store-away.jpg')).rejects.toThrow();
    const back = sleep(10_000).then(() => store.mend());
    const [one, two] = await Promise.all([
      insist(() => browser.complete(anna, small.id)),
      insist(() => browser.complete(anna, large.id)),
      back,
    ]);
    expect(one.answer).toMatchObject({ ok: true, state: 'completed' });
    expect(two.answer).toMatchObject({ ok: true, state: 'completed' });
    expect([...one.refusals, ...two.refusals]).toContain('store_unavailable');
    expect(await files.stored('store-away.mov')).toHaveLength(1);
  });

  it('starting needs no store; part URLs answer store_unavailable, and the session can go on', async () => {
    store.cut();
    const started = await browser.start(anna, 'cut.mov', body);
    const parts = [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }];
    await expect(signParts(anna, { id: started.id, parts })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await browser.row(started.id)).toMatchObject({ state: 'reserved', storeUploadId: null });
    store.mend();
    expect(await browser.sendParts(anna, started, body)).toEqual([200, 200]);
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });

  it('a rejection that cannot remove the version yet does so later, and the version never becomes the file', async () => {
    const good = await files.put('reject-away.jpg', 'good');
    const started = await browser.start(anna, 'reject-away.jpg', 'hello', {
      ifExists: 'replace',
      expectedVersionId: good,
    });
    await browser.put(started, 'hello', { 'content-encoding': 'gzip' });
    store.loseAnswerTo(/^DELETE /);
    const first = await insist(() => browser.complete(anna, started.id));
    expect(first.answer).toMatchObject({ ok: false, error: { code: 'tampered' } });
    expect((await files.stored('reject-away.jpg')).map((one) => one.versionId)).toEqual([good]);
    expect(await files.asset('reject-away.jpg')).toMatchObject({ versionId: good });
  });

  it('the sweep stops and finds the same sessions again', async () => {
    const started = await browser.start(anna, 'sweep-away.jpg', 'hello');
    await browser.put(started, 'hello');
    await browser.makeDue(started.id);
    store.cut();
    await expect(sweepUploads()).rejects.toMatchObject({ code: 'store_unavailable' });
    store.mend();
    await browser.makeDue(started.id);
    await sweepUploads();
    expect(await browser.row(started.id)).toMatchObject({ state: 'completed' });
  });
});

describe('an answer lost on the way', () => {
  it('to a Complete at the store: own success, no conflict', async () => {
    const started = await browser.start(anna, 'lost-complete.mov', body);
    await browser.sendParts(anna, started, body);
    const before = store.lost;
    store.loseAnswerTo(/^POST [^ ]*lost-complete\.mov\?[^ ]*uploadId=/);
    const { answer } = await insist(() => browser.complete(anna, started.id));
    expect(store.lost).toBe(before + 1);
    expect(answer).toMatchObject({ ok: true, state: 'completed' });
    expect(await files.stored('lost-complete.mov')).toHaveLength(1);
  });

  it('to a replacing Complete at the store: own success, no conflict', async () => {
    const seen = await files.put('lost-replace.mov', 'old');
    const started = await browser.start(anna, 'lost-replace.mov', body, {
      ifExists: 'replace',
      expectedVersionId: seen,
    });
    await browser.sendParts(anna, started, body);
    store.loseAnswerTo(/^POST [^ ]*lost-replace\.mov\?[^ ]*uploadId=/);
    const { answer } = await insist(() => browser.complete(anna, started.id));
    expect(answer).toMatchObject({ ok: true, state: 'completed', asset: { versionCount: 2 } });
    expect(await files.stored('lost-replace.mov')).toHaveLength(2);
  });

  it('to the start of the multipart upload at the store: one upload goes on', async () => {
    const started = await browser.start(anna, 'lost-create.mov', body);
    store.loseAnswerTo(/^POST [^ ]*lost-create\.mov\?uploads/);
    await insist(() => browser.sendParts(anna, started, body));
    expect(await browser.complete(anna, started.id)).toMatchObject({ ok: true, state: 'completed' });
  });
});

describe('Postgres away for 10 s', () => {
  it('calls fail as unavailable, then go on: nothing lost, nothing half-visible', async () => {
    const started = await browser.start(anna, 'db-away.jpg', 'hello');
    await browser.put(started, 'hello');
    postgres.cut();
    const back = sleep(10_000).then(() => postgres.mend());
    const [done, next] = await Promise.all([
      insist(() => browser.complete(anna, started.id)),
      insist(() => browser.start(anna, 'db-away-2.jpg', 'x')),
      back,
    ]);
    expect(done.refusals.length).toBeGreaterThan(0);
    expect(next.refusals.length).toBeGreaterThan(0);
    expect(done.answer).toMatchObject({ ok: true, state: 'completed' });
    expect(await files.stored('db-away.jpg')).toHaveLength(1);
    expect(await browser.audit(started.id)).toHaveLength(1);
  });

  it('lost between the store’s success and the record: the next complete records it once', async () => {
    const started = await browser.start(anna, 'db-between.mov', body);
    await browser.sendParts(anna, started, body);
    // The database goes away when the store is asked to put the parts together.
    store.hold();
    const running = browser.complete(anna, started.id).catch((error: unknown) => error);
    await sleep(1_000);
    postgres.cut();
    store.mend();
    const failed = await running;
    expect(failed instanceof AppError ? failed.status : failed).toBe(503);
    postgres.mend();
    // The claim of the call that lost its database runs out.
    await browser.makeDue(started.id);
    const { answer } = await insist(() => browser.complete(anna, started.id));
    expect(answer).toMatchObject({ ok: true, state: 'completed' });
    expect(await files.stored('db-between.mov')).toHaveLength(1);
    expect(await browser.audit(started.id)).toHaveLength(1);
  });
});

describe('worker killed during the sweep', () => {
  it('the next one goes on: adopted once, removed once', async () => {
    const adopted = await browser.start(anna, 'killed/adopt.jpg', 'hello');
    await browser.put(adopted, 'hello');
    const good = await files.put('killed/reject.jpg', 'good');
    const rejected = await browser.start(anna, 'killed/reject.jpg', 'hello', {
      ifExists: 'replace',
      expectedVersionId: good,
    });
    await browser.put(rejected, 'hello', { 'content-encoding': 'gzip' });
    const abandoned = await browser.start(anna, 'killed/parts.mov', body);
    await browser.sendParts(anna, abandoned, body, [1]);
    // Killed over a step once the store has it and the answer is on its way: a look, the removal of a version, the end of parts.
    const steps: [string, RegExp, { expired?: boolean }][] = [
      [adopted.id, /^HEAD [^ ]*killed\/adopt/, {}],
      [rejected.id, /^DELETE [^ ]*reject\.jpg\?/, {}],
      [abandoned.id, /^DELETE [^ ]*parts\.mov\?/, { expired: true }],
    ];
    for (const [id, step, due] of steps) {
      await browser.makeDue(id, due);
      store.holdFrom(step);
      const child = startSweep();
      const exit = once(child, 'exit');
      while (!store.isHeld) {
        expect(child.exitCode).toBeNull();
        await sleep(20);
      }
      await sleep(200);
      child.kill('SIGKILL');
      expect(await exit).toEqual([null, 'SIGKILL']);
      store.mend();
      expect(await browser.row(id)).not.toMatchObject({ lookAt: null });
    }
    // Turns and claims of the dead run out.
    for (const [id] of steps) await browser.makeDue(id);
    await sweepUploads();
    expect(await browser.row(adopted.id)).toMatchObject({ state: 'completed' });
    expect(await browser.audit(adopted.id)).toHaveLength(1);
    expect(await browser.row(rejected.id)).toMatchObject({ state: 'failed', errorCode: 'tampered' });
    expect(await browser.audit(rejected.id)).toHaveLength(1);
    expect((await files.stored('killed/reject.jpg')).map((one) => one.versionId)).toEqual([good]);
    expect(await browser.row(abandoned.id)).toMatchObject({ state: 'expired', storeUploadId: null });
    // Three processes are started.
  }, 180_000);
});

function startSweep(): ChildProcess {
  return spawn(process.execPath, ['scripts/testing/run-sweep.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
}
