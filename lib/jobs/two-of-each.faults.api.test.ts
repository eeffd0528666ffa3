import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import type { TestBrowser } from '#scripts/testing/browser.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';

/** Two web and two worker processes on one database, as at a deployment with replicas. */
let app: AppUnderTest;
let browser: TestBrowser;
let anna: AppClient;
/** The same person at the other web process. */
let there: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest({ replicas: 2, env: { DRAIN_SECONDS: '2', LOG_LEVEL: 'debug' } });
  browser = await app.signIn();
  anna = appClient(browser, app.library.slug);
  const other = Object.assign(await app.signIn(), { base: app.webs[1]!.url });
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  there = appClient(other, app.library.slug);
}, 240_000);
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 120_000 });

const named = (folder: string, count: number) => Array.from({ length: count }, (_, at) => `${folder}${at}.jpg`);
const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });
const trash = (client: AppClient, body: object) =>
  client.call('POST', `/libraries/${app.library.slug}/operations`, { type: 'trash', ...body });
const stateOf = async (id: string) => (await db().operation.findUniqueOrThrow({ where: { id: BigInt(id) } })).state;

describe('two web and two worker processes behave as one', () => {
  it('one completion asked of both makes one version, one asset and one audit event', async () => {
    const started = await anna.start(named('both/', 20));
    await Promise.all(started.map((one) => there.put(one)));
    await Promise.all([
      anna.complete(started),
      there.complete(started),
      anna.complete(started),
      there.complete(started),
    ]);
    await until('all to be completed', async () =>
      (await there.complete(started)).every((result) => result.state === 'completed'),
    );
    for (const one of started) expect(await stored(one.path)).toHaveLength(1);
    expect(await there.names('both/')).toHaveLength(20);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('one request sent to both is one operation', async () => {
    await anna.upload(named('once/', 3));
    const body = { selection: { paths: ['once/'] }, clientId: crypto.randomUUID() };
    const answers = await Promise.all([trash(anna, body), trash(there, body), trash(there, body)]);
    const ids = answers.map((answer) => (answer.body as { operation: { id: string } }).operation.id);
    expect(new Set(ids).size).toBe(1);
    await until('it to end', async () => (await stateOf(ids[0]!)) === 'succeeded');
    for (const path of named('once/', 3)) expect(await stored(path)).toHaveLength(2);
  });

  it('the crontab runs once a minute for all of them', async () => {
    const sweeps = () =>
      app.workers.flatMap(({ logFile }) =>
        readFileSync(logFile, 'utf8')
          .split('\n')
          .filter((line) => line.includes('"job":"sweep-uploads"') && line.includes('"msg":"job done"')),
      ).length;
    await until('a minute of the crontab', async () => sweeps() > 0, 90_000);
    await sleep(3_000);
    // A second minute may have begun while the other tests ran, never two runs in one.
    const [{ minutes } = { minutes: 0 }] = await db().$queryRaw<{ minutes: number }[]>`
      SELECT 1 + extract(epoch FROM max("last_execution") - min("known_since"))::int / 60 AS "minutes"
      FROM graphile_worker._private_known_crontabs WHERE "identifier" = 'sweep-uploads'`;
    expect(sweeps()).toBeLessThanOrEqual(minutes);
    expect(await db().worker.count()).toBe(2);
  });

  it('a change told by one wakes a page that waits at the other', async () => {
    const changes = (after?: string) =>
      there.ask<{ cursor: string; changes: { path: string }[] }>(
        'GET',
        `/libraries/${app.library.slug}/changes${after ? `?after=${encodeURIComponent(after)}` : ''}`,
      );
    const waiting = changes((await changes()).cursor);
    await anna.upload(['news/one.jpg']);
    expect((await waiting).changes.map((change) => change.path)).toContain('news/one.jpg');
  });
});

describe('a graceful stop', () => {
  it('of a worker in the middle of an operation hands the rest to the other one', async () => {
    // A worker has up to a hundred in hand, and writes them together.
    const paths = named('handed/', 180);
    for (const some of [paths.slice(0, 90), paths.slice(90)]) await anna.upload(some);
    app.wires.store.slow(150);
    const { operation } = (await trash(anna, { selection: { paths: ['handed/'] } })).body as {
      operation: { id: string };
    };
    await until('some items to be done', async () => {
      const done = await db().operationItem.count({ where: { operationId: BigInt(operation.id), state: 'done' } });
      return done > 3;
    });
    const [{ locked_by: holder } = { locked_by: '' }] = await db().$queryRaw<{ locked_by: string }[]>`
      SELECT "locked_by" FROM graphile_worker.jobs WHERE "task_identifier" = 'run-operation' AND "locked_by" IS NOT NULL`;
    const { host } = await db().worker.findFirstOrThrow({ where: { queueIds: { has: holder } } });
    await app.workers.find(({ pid }) => host.endsWith(`:${pid()}`))!.stop();
    app.wires.store.mend();
    await until('the other one to finish', async () => (await stateOf(operation.id)) === 'succeeded');
    for (const path of paths) {
      expect((await stored(path)).map((version) => version.isDeleteMarker)).toEqual([true, false]);
    }
    expect(await findHalfTruths(app.library)).toEqual([]);
    expect(await db().worker.count()).toBe(1);
    const held = await db().$queryRaw<unknown[]>`
      SELECT "task_identifier" FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL
        AND NOT "locked_by" IN (SELECT unnest("queueIds") FROM "Worker")`;
    expect(held).toEqual([]);
  });

  it('of a web process says "not ready" first, answers what is under way, and ends', async () => {
    const web = app.webs[1]!;
    const started = await there.start(named('last/', 10));
    await Promise.all(started.map((one) => there.put(one)));
    app.wires.store.slow(1_000);
    const underWay = there.complete(started);
    const waiting = there.ask<{ cursor: string }>('GET', `/libraries/${app.library.slug}/changes`);
    const longPoll = there.call('GET', `/libraries/${app.library.slug}/changes?after=${(await waiting).cursor}`);
    await sleep(200);
    const pid = web.pid();
    const stopped = web.stop();
    await until('it to say that it is not ready', async () => (await fetch(`${web.url}/readyz`)).status === 503);
    expect((await there.call('GET', '/me')).status).toBe(200);
    expect((await longPoll).status).toBe(200);
    app.wires.store.mend();
    expect((await underWay).filter((result) => !result.ok)).toEqual([]);
    await stopped;
    expect(pid).not.toBeNull();
    await expect(fetch(`${web.url}/healthz`)).rejects.toThrow('fetch failed');
    // The other one goes on where it ended.
    await until('all to be completed', async () =>
      (await anna.complete(started)).every((result) => result.state === 'completed'),
    );
    for (const one of started) expect(await stored(one.path)).toHaveLength(1);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });
});
