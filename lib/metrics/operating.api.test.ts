import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createToken } from '#lib/auth/create-token.ts';
import { hashPassword } from '#lib/auth/password-hash.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { type AppClient, appClient, type SinglePlan } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { TestBrowser } from '#scripts/testing/browser.ts';

let app: AppUnderTest;
let browser: TestBrowser;
let anna: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest({ env: { LOG_LEVEL: 'trace' } });
  browser = await app.signIn();
  anna = appClient(browser, app.library.slug);
}, 180_000);
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 120_000 });

/** What must stand in no log, by what it is. */
const secrets = new Map<string, string>();
const logs = () => [...app.webs, ...app.workers].map(({ logFile }) => readFileSync(logFile, 'utf8')).join('\n');
type Line = { msg: string; level: number; requestId?: string; jobId?: string; job?: string };
const lines = () =>
  logs()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

async function scrape(url: string): Promise<Map<string, number>> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  const samples = (await answer.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

describe('the logs', () => {
  it('name requests and jobs, and hold no secret, whatever happened', async () => {
    const password = 'correct horse battery 7';
    const email = 'log@test.invalid';
    await db().user.create({ data: { email, name: 'Log', passwordHash: await hashPassword(password) } });
    const signingIn = new TestBrowser();
    const wrong = 'wrong horse battery 8';
    expect(await signingIn.signIn(email, wrong)).toMatch(/^unauthenticated/);
    await until('the pause after a wrong password', async () => (await signingIn.signIn(email, password)) === null);
    secrets.set('password', password).set('wrong password', wrong);
    for (const [name, value] of [...signingIn.cookies, ...browser.cookies]) secrets.set(`cookie ${name}`, value);

    const user = await db().user.findUniqueOrThrow({ where: { email } });
    const actor = { userId: user.id, name: 'Log', email, via: 'session' as const, sessionId: null, grants: [] };
    const { token } = await createToken(actor, { name: 'log' });
    secrets.set('API token', token.secret);
    const me = await fetch(`${process.env.APP_URL}/api/v1/me`, {
      headers: { authorization: `Bearer ${token.secret}`, 'x-request-id': 'trace-0123456789' },
    });
    expect(me.headers.get('x-request-id')).toBe('trace-0123456789');

    const started = await anna.upload(['log/a.jpg', 'log/b.jpg']);
    for (const one of started) secrets.set('presigned PUT', new URL((one.plan as SinglePlan).url).search.slice(1));
    const [asset] = await db().asset.findMany({ where: { path: 'log/a.jpg' } });
    const content = await browser.api('GET', `/assets/${asset?.id}/content`);
    secrets.set('presigned GET', new URL(String(content.headers.get('location'))).search.slice(1));

    // Faults are where libraries tell all they know: store and database cut off, with requests and jobs under way.
    const [lost] = await anna.start(['log/lost.jpg']);
    await anna.put(lost!);
    app.wires.store.cut();
    expect((await browser.api('POST', '/uploads/complete', { ids: [lost!.id] })).status).toBe(503);
    await app.cron('sweep-uploads');
    app.wires.store.mend();
    app.wires.postgres.cut();
    expect((await browser.api('GET', '/me')).status).toBe(503);
    app.wires.postgres.mend();
    await app.untilReady();
    await app.cron('sweep-uploads', 'resume-operations');
    await until('jobs to be logged', async () => lines().some((line) => line.job === 'resume-operations'));

    for (const name of [
      'NEXTAUTH_SECRET',
      'S3_SECRET_ACCESS_KEY',
      'S3_UPLOAD_SECRET_ACCESS_KEY',
      'S3_PURGE_SECRET_ACCESS_KEY',
      'ADMIN_PASSWORD',
    ] as const) {
      secrets.set(name, String(env()[name]));
    }
    secrets.set('database password', new URL(env().DATABASE_URL).password);
    const text = logs();
    for (const [what, secret] of secrets) expect(secret.length > 5 && text.includes(secret), what).toBe(false);
    expect(text).not.toMatch(/X-Amz-Signature=[0-9a-f]/i);

    const all = lines();
    expect(all.find((line) => line.requestId === 'trace-0123456789')).toMatchObject({ msg: 'answered' });
    for (const line of all.filter(({ msg }) => msg === 'answered')) expect(line.requestId).toMatch(/^[\w-]{8,64}$/);
    const failed = all.filter((line) => line.level >= 50 && line.requestId);
    expect(failed.length).toBeGreaterThan(1);
    expect(all.filter((line) => line.msg === 'job done' && line.jobId)).not.toHaveLength(0);
  });
});

describe('the metrics', () => {
  it('of the web process count requests by route and status, store calls by kind and outcome, and connections', async () => {
    const samples = await scrape(app.webs[0]!.metricsUrl);
    const requests = (route: string, method: string, status: number) =>
      samples.get(`strata_http_requests_total{method="${method}",route="${route}",status="${status}"}`) ?? 0;
    expect(requests('/api/v1/uploads/complete', 'POST', 200)).toBeGreaterThan(0);
    expect(requests('/api/v1/uploads/complete', 'POST', 503)).toBeGreaterThan(0);
    expect(requests('/api/v1/assets/{id}/content', 'GET', 302)).toBe(1);
    expect(samples.get('strata_store_calls_total{call="HeadObject",outcome="ok"}')).toBeGreaterThan(1);
    const unanswered = ['away', 'timeout'].map(
      (outcome) => samples.get(`strata_store_calls_total{call="HeadObject",outcome="${outcome}"}`) ?? 0,
    );
    expect(Math.max(...unanswered)).toBeGreaterThan(0);
    expect(samples.get('strata_db_pool{state="open"}')).toBeGreaterThan(0);
    const names = [...samples.keys()].join('\n');
    for (const leak of [app.library.slug, 'log/', '%2F']) expect(names).not.toContain(leak);
  });

  it('of the worker count jobs and say what waits', async () => {
    const samples = await scrape(app.workers[0]!.metricsUrl);
    expect(samples.get('strata_jobs_total{job="resume-operations",outcome="done"}')).toBeGreaterThan(0);
    expect(samples.get('strata_job_wait_seconds_count{job="resume-operations"}')).toBeGreaterThan(0);
    expect(samples.get('strata_workers')).toBe(1);
    expect(samples.get(`strata_index_age_seconds{library="${app.library.slug}"}`)).toBeGreaterThanOrEqual(0);
  });

  it('are on their own port only', async () => {
    expect((await fetch(`${app.webs[0]?.url}/metrics`, { redirect: 'manual' })).status).not.toBe(200);
    expect((await fetch(app.webs[0]!.metricsUrl.replace('/metrics', '/'))).status).toBe(404);
  });
});
