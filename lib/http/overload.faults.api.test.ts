import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AppClient, appClient } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest } from '#scripts/testing/app-under-test.ts';
import type { Answer, TestBrowser } from '#scripts/testing/browser.ts';

/** A crowd before a small process whose database or store is slow: some are served, the rest are told at once when to come back. */
let app: AppUnderTest;
let browser: TestBrowser;
let anna: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest({ env: { MAX_REQUESTS: '20', DATABASE_POOL_MAX: '4' } });
  browser = await app.signIn();
  anna = appClient(browser, app.library.slug);
}, 180_000);
afterEach(() => {
  for (const wire of Object.values(app?.wires ?? {})) wire.mend();
});
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 120_000 });

const crowd = 150;
const entries = () => browser.api('GET', `/libraries/${app.library.slug}/entries`);
const many = (count: number, ask: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, ask));
const alive = async () => (await fetch(`${process.env.APP_URL}/healthz`)).status;

/** @returns the codes, each once; every refusal is a 503 with a time to come back */
function judge(answers: Answer[]): Set<string> {
  for (const { status, headers, text } of answers.filter((answer) => answer.status !== 200)) {
    expect(status, text).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  return new Set(answers.map(({ status, body }) => (status === 200 ? 'ok' : String(body.code))));
}

describe('a slow database', () => {
  it('serves some, tells the rest to come back, and is well again at once', async () => {
    app.wires.postgres.slow(200);
    const asking = many(crowd, entries);
    expect(await alive()).toBe(200);
    const codes = judge(await asking);
    expect(codes).toContain('ok');
    expect(codes).toContain('overloaded');
    for (const code of codes) expect(['ok', 'overloaded', 'database_unavailable']).toContain(code);
    app.wires.postgres.mend();
    expect(judge(await many(10, entries))).toEqual(new Set(['ok']));
  });

  it('holds for pages, which say so to people and load again by themselves', async () => {
    app.wires.postgres.slow(200);
    const answers = await many(crowd, () => browser.send('GET', '/account'));
    const refused = answers.filter((answer) => answer.status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, text } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(text).toContain('Strata is busy');
    }
    app.wires.postgres.mend();
    expect((await browser.send('GET', '/account')).status).toBe(200);
  });
});

describe('a slow store', () => {
  it('takes its share of the requests only: browsing goes on', async () => {
    const started = await anna.start(Array.from({ length: 12 }, (_, at) => `slow/${at}.jpg`));
    await Promise.all(started.map((one) => anna.put(one)));
    app.wires.store.slow(2_000);
    const completing = Promise.all(started.map((one) => browser.api('POST', '/uploads/complete', { ids: [one.id] })));
    expect(judge(await many(6, entries))).toEqual(new Set(['ok']));
    const codes = judge(await completing);
    for (const code of codes) expect(['ok', 'store_unavailable', 'overloaded']).toContain(code);
    app.wires.store.mend();
    expect((await anna.complete(started)).every((result) => result.ok)).toBe(true);
  });
});
