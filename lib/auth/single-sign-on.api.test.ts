import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { findFreePort } from '#scripts/services/ports.mjs';
import { type AppUnderTest, startAppUnderTest } from '#scripts/testing/app-under-test.ts';
import { TestBrowser } from '#scripts/testing/browser.ts';
import { OidcServer } from '#scripts/testing/oidc-server.ts';

/** The whole way through a real provider, as a browser goes it. */
let app: AppUnderTest;
let provider: OidcServer;
beforeAll(async () => {
  const port = await findFreePort();
  provider = await OidcServer.start(`http://localhost:${port}`);
  app = await startAppUnderTest({
    env: { PORT: String(port), APP_URL: `http://localhost:${port}`, ...provider.env },
  });
}, 180_000);
afterAll(async () => {
  await app?.stop();
  await provider?.close();
});
vi.setConfig({ testTimeout: 60_000 });

/** Goes from "Continue with single sign-on" to where it ends. @returns the last address here */
async function enter(subject: string, browser = new TestBrowser()): Promise<{ browser: TestBrowser; path: string }> {
  provider.current = subject;
  const begun = await browser.send('POST', '/api/auth/signin/oidc', {
    form: { csrfToken: await browser.csrfToken(), callbackUrl: '/account', json: 'true' },
  });
  let address = new URL(String(begun.body.url));
  const theirs = new Map<string, string>();
  for (let hops = 0; hops < 15; hops += 1) {
    const ours = address.origin === new URL(String(process.env.APP_URL)).origin;
    if (ours && !address.pathname.startsWith('/api/auth/')) return { browser, path: address.pathname + address.search };
    const answer = ours
      ? (await browser.send('GET', address.pathname + address.search, { headers: { 'sec-fetch-site': 'cross-site' } }))
          .headers
      : await askProvider(address, theirs);
    address = new URL(String(answer.get('location')), address);
  }
  throw new Error(`It goes round and round: ${address.href}`);
}

async function askProvider(address: URL, cookies: Map<string, string>): Promise<Headers> {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
  if (answer.status >= 400) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
  return answer.headers;
}
const me = async (browser: TestBrowser) => (await browser.api('GET', '/me')).body;

describe('single sign-on', () => {
  it('brings in the person with that verified e-mail, and keeps them when their e-mail changes there', async () => {
    const user = await db().user.create({ data: { email: 'mia@example.org', name: 'Mia Sand' } });
    provider.people.set('mia', { email: 'Mia@Example.org', email_verified: true, name: 'Other Name' });
    const first = await enter('mia');
    expect(first.path).toBe('/account');
    expect(await me(first.browser)).toMatchObject({ id: String(user.id), name: 'Mia Sand', via: 'session' });

    provider.people.set('mia', { email: 'mia.new@example.org', email_verified: true });
    expect(await me((await enter('mia')).browser)).toMatchObject({ id: String(user.id), email: 'mia@example.org' });
    expect(await db().user.count({ where: { email: 'mia.new@example.org' } })).toBe(0);
    expect(await db().auditEvent.count({ where: { userId: user.id, type: 'user.linked' } })).toBe(1);
    // An ordinary session: it ends like every other one.
    await first.browser.signOut();
    expect((await first.browser.api('GET', '/me')).status).toBe(401);
  });

  it('makes somebody new a person without any grant', async () => {
    provider.people.set('new', { email: 'new@example.org', email_verified: true, name: 'New\u0000 Person' });
    const { browser } = await enter('new');
    expect(await me(browser)).toMatchObject({ email: 'new@example.org', name: 'New Person', grants: [] });
    expect((await browser.api('GET', '/libraries')).body).toMatchObject({ libraries: [] });
    expect((await browser.api('GET', `/libraries/${app.library.slug}/entries`)).status).toBe(404);
    const home = (await browser.send('GET', '/')).text;
    expect(home).toContain('Nothing is granted to you yet');
    expect(home).toContain('Sign out');
    expect((await browser.send('GET', '/account')).text).toContain('You sign in with single sign-on');
  });

  it.each([
    ['an e-mail that is not verified', 'a', { email: 'mia@example.org', email_verified: false }, 'sso_unverified'],
    ['one of which nothing is said', 'b', { email: 'mia@example.org' }, 'sso_unverified'],
    ['no e-mail', 'c', {}, 'sso_no_email'],
    ['the e-mail of somebody else there', 'd', { email: 'mia@example.org', email_verified: true }, 'sso_taken'],
  ])('refuses %s, and says why', async (_, subject, person, code) => {
    provider.people.set(subject, person);
    const before = await db().user.count();
    const { browser, path } = await enter(subject);
    expect(path).toBe(`/sign-in?error=${code}`);
    expect((await browser.api('GET', '/me')).status).toBe(401);
    expect(await db().user.count()).toBe(before);
    expect((await browser.send('GET', path)).text).toMatch(/single sign-on/i);
  });

  it('keeps a disabled person out', async () => {
    await db().user.create({ data: { email: 'gone@example.org', name: 'Gone', disabledAt: new Date() } });
    provider.people.set('gone', { email: 'gone@example.org', email_verified: true });
    expect((await enter('gone')).path).toBe('/sign-in?error=sso_disabled');
    await db().user.updateMany({ where: { email: 'new@example.org' }, data: { disabledAt: new Date() } });
    expect((await enter('new')).path).toBe('/sign-in?error=sso_disabled');
  });

  it('refuses an answer that was not asked for', async () => {
    const { path } = await (async () => {
      const browser = new TestBrowser();
      const answer = await browser.send('GET', '/api/auth/callback/oidc?code=x&state=y');
      const next = new URL(String(answer.headers.get('location')), process.env.APP_URL);
      return { path: (await browser.send('GET', next.pathname + next.search)).headers.get('location') ?? next.search };
    })();
    expect(path).toContain('error=OAuthCallback');
  });

  it('is offered on the sign-in page; when the provider is away the page says so, and passwords work', async () => {
    expect((await new TestBrowser().send('GET', '/sign-in')).text).toContain('Continue with single sign-on');
    await provider.close();
    const browser = new TestBrowser();
    const begun = await browser.send('POST', '/api/auth/signin/oidc', {
      form: { csrfToken: await browser.csrfToken(), callbackUrl: '/', json: 'true' },
    });
    const address = new URL(String(begun.body.url));
    expect(address.searchParams.get('error')).toBe('OAuthSignin');
    expect((await browser.send('GET', '/sign-in?error=OAuthSignin')).text).toContain('Single sign-on does not answer');
    const { ADMIN_EMAIL, ADMIN_PASSWORD } = process.env;
    expect(await browser.signIn(String(ADMIN_EMAIL), String(ADMIN_PASSWORD))).toBeNull();
  });
});
