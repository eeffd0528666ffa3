import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { browserOf, TestBrowser } from '#scripts/testing/browser.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import type { Actor } from './actor.ts';
import { attemptKey, forgetAttempts } from './attempt-limiter.ts';
import { createFirstAdmin } from './create-first-admin.ts';
import { hashPassword } from './password-hash.ts';
import { cookieNames } from './session-token.ts';
import { signIn } from './sign-in.ts';

const password = 'correct horse battery';
let world: TestLibrary;
let person: Actor;

beforeAll(async () => {
  world = await makeTestLibrary();
  return async () => {
    await world.remove();
    await closeDb();
  };
});

beforeEach(async () => {
  person = await makePerson();
  // All of these tests come from one address; each starts with a clean slate.
  await forgetAttempts(attemptKey('address', '127.0.0.1'));
});

afterAll(() => forgetAttempts(attemptKey('address', '127.0.0.1')));

async function makePerson(): Promise<Actor> {
  const actor = await world.makeActor([{ prefix: '', role: 'contributor' }]);
  await db().user.update({ where: { id: actor.userId }, data: { passwordHash: await hashPassword(password) } });
  return actor;
}

async function signedIn(actor: Actor = person): Promise<TestBrowser> {
  const browser = new TestBrowser();
  expect(await browser.signIn(actor.email, password)).toBeNull();
  return browser;
}

describe('signing in', () => {
  test('the right password opens a session that the API knows; the e-mail is read without case and spaces', async () => {
    const browser = new TestBrowser();
    expect((await browser.api('GET', '/me')).status).toBe(401);
    expect(await browser.signIn(` ${person.email.toUpperCase()} `, password)).toBeNull();
    const me = await browser.api('GET', '/me');
    expect(me.body).toMatchObject({ email: person.email, via: 'session' });
    expect(me.body.grants).toEqual([
      { id: expect.any(String), library: world.library.slug, prefix: '', role: 'contributor' },
    ]);
  });

  test('wrong password, unknown e-mail, disabled person and no password at all are one answer', async () => {
    const disabled = await makePerson();
    await db().user.update({ where: { id: disabled.userId }, data: { disabledAt: new Date() } });
    const without = await world.makeActor();
    const tries = [
      new TestBrowser().signIn(person.email, 'wrong horse battery'),
      new TestBrowser().signIn('nobody@test.invalid', password),
      new TestBrowser().signIn(disabled.email, password),
      new TestBrowser().signIn(without.email, password),
      new TestBrowser().signIn(person.email, `${password}${'x'.repeat(300)}`),
      new TestBrowser().signIn('', ''),
    ];
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['unauthenticated']));
  });

  test('an address that the client made up is not what the session says', async () => {
    const browser = new TestBrowser();
    const headers = { 'x-forwarded-for': '203.0.113.66', 'x-strata-address': '203.0.113.67' };
    expect(await browser.signIn(person.email, password, { headers })).toBeNull();
    const session = await db().session.findFirstOrThrow({ where: { userId: person.userId } });
    expect(['127.0.0.1', '::1']).toContain(session.address);
  });

  test('a hash with old parameters is replaced at sign-in, and works again', async () => {
    const old = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await db().user.update({ where: { id: person.userId }, data: { passwordHash: old } });
    await signedIn();
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: person.userId } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signedIn();
  });

  test('from another site it is refused, and so is a form without the CSRF token', async () => {
    const browser = new TestBrowser();
    const csrfToken = await browser.csrfToken();
    const form = { email: person.email, password, csrfToken, json: 'true' };
    const path = '/api/auth/callback/credentials';
    const elsewhere = await browser.send('POST', path, {
      form,
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(elsewhere).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    await browser.send('POST', path, { form: { ...form, csrfToken: 'f'.repeat(64) } });
    expect(browser.cookies.has(cookieNames().session)).toBe(false);
  });

  test('the address to go to afterwards never leads to another site', async () => {
    const browser = new TestBrowser();
    for (const callbackUrl of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'http://localhost.evil.example/',
    ]) {
      const csrfToken = await browser.csrfToken();
      const answer = await browser.send('POST', '/api/auth/callback/credentials', {
        form: { email: person.email, password, csrfToken, callbackUrl, json: 'true' },
      });
      expect(new URL(String(answer.body.url)).hostname).toBe(new URL(String(process.env.APP_URL)).hostname);
    }
    const page = await browser.send('GET', `/sign-in?returnTo=${encodeURIComponent('//evil.example/')}`);
    expect(page.status).toBe(307);
    expect(page.headers.get('location')).toBe('/');
  });

  test('a page for signed-in people sends strangers to sign in, and keeps where they wanted to go', async () => {
    const answer = await new TestBrowser().send('GET', '/account?tab=tokens');
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toBe(`/sign-in?returnTo=${encodeURIComponent('/account?tab=tokens')}`);
  });

  test('the log that next-auth opens to everybody is closed', async () => {
    const answer = await new TestBrowser().send('POST', '/api/auth/_log', { form: { level: 'error', code: 'x' } });
    expect(answer).toMatchObject({ status: 204, text: '' });
  });
});

describe('too many tries', () => {
  test('of one person: after 5 free ones the wait grows, also for the right password, and is over when it says', async () => {
    for (let round = 1; round <= 5; round += 1) {
      expect(await new TestBrowser().signIn(person.email, 'wrong')).toBe('unauthenticated');
    }
    expect(await new TestBrowser().signIn(person.email, 'wrong')).toBe('unauthenticated:5');
    expect(await new TestBrowser().signIn(person.email, password)).toMatch(/^rate_limited:[1-5]$/);
    // Somebody else at the same address is not held up.
    await signedIn(await makePerson());
    await new Promise((done) => setTimeout(done, 5_100));
    await signedIn();
    // The count starts again.
    expect(await new TestBrowser().signIn(person.email, 'wrong')).toBe('unauthenticated');
  });

  test('at the same moment they cannot slip through', async () => {
    const tries = Array.from({ length: 12 }, () =>
      signIn({ email: person.email, password: 'wrong', address: '198.51.100.7', userAgent: '' }).then(
        () => 'in',
        (error) => error.code,
      ),
    );
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'unauthenticated').length).toBe(6);
    expect(codes.filter((code) => code === 'rate_limited').length).toBe(6);
    await forgetAttempts(attemptKey('address', '198.51.100.7'));
  });

  test('an unknown e-mail is slowed down just like a known one', async () => {
    const guess = (email: string) =>
      signIn({ email, password: 'wrong', address: '198.51.100.8', userAgent: '' }).catch((error) => error.code);
    const unknown = `${crypto.randomUUID()}@test.invalid`;
    for (let round = 1; round <= 7; round += 1) expect(await guess(unknown)).toBe(await guess(person.email));
    await forgetAttempts(attemptKey('address', '198.51.100.8'));
    await forgetAttempts(attemptKey('account', unknown, ''));
  });

  test('of one address over many people', async () => {
    const address = '198.51.100.9';
    const guess = () =>
      signIn({ email: `${crypto.randomUUID()}@test.invalid`, password: 'wrong', address, userAgent: '' }).catch(
        (error) => error,
      );
    for (let round = 1; round <= 20; round += 1) expect(await guess()).toMatchObject({ code: 'unauthenticated' });
    expect(await guess()).toMatchObject({ code: 'unauthenticated', retryAfter: 5 });
    expect(await guess()).toMatchObject({ code: 'rate_limited' });
    await expect(signIn({ email: person.email, password, address, userAgent: '' })).rejects.toMatchObject({
      code: 'rate_limited',
    });
    // From elsewhere the person gets in.
    await signIn({ email: person.email, password, address: '198.51.100.10', userAgent: '' });
    await forgetAttempts(attemptKey('address', address));
  });

  test("a stranger's guesses do not keep a person out where they signed in before", async () => {
    await signIn({ email: person.email, password, address: '198.51.100.20', userAgent: 'home' });
    const stranger = () =>
      signIn({ email: person.email, password: 'wrong', address: '198.51.100.21', userAgent: '' }).catch(
        (error) => error.code,
      );
    for (let round = 1; round <= 8; round += 1) await stranger();
    expect(await stranger()).toBe('rate_limited');
    await signIn({ email: person.email, password, address: '198.51.100.20', userAgent: 'home' });
    await forgetAttempts(attemptKey('address', '198.51.100.21'));
  });
});

describe('sessions', () => {
  test('signing out ends the session itself: a copy of the cookie is worth nothing', async () => {
    const browser = await signedIn();
    const copy = new TestBrowser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect((await copy.api('GET', '/me')).status).toBe(200);
    await browser.signOut();
    expect(browser.cookies.has(cookieNames().session)).toBe(false);
    expect(await copy.api('GET', '/me')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect((await copy.send('GET', '/account')).headers.get('location')).toBe('/sign-in?returnTo=%2Faccount');
  });

  test('another site cannot sign somebody out', async () => {
    const browser = await signedIn();
    const answer = await browser.send('POST', '/api/auth/signout', {
      form: { csrfToken: await browser.csrfToken() },
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(403);
    expect((await browser.api('GET', '/me')).status).toBe(200);
  });

  test('are listed, this one first, and can be ended one by one; those of others cannot', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const { sessions } = (await here.api('GET', '/me/sessions')).body as {
      sessions: { id: string; current: boolean }[];
    };
    expect(sessions.map((session) => session.current)).toEqual([true, false]);
    const stranger = await signedIn(await makePerson());
    expect((await stranger.api('DELETE', `/me/sessions/${sessions[1]?.id}`)).status).toBe(404);
    expect((await there.api('GET', '/me')).status).toBe(200);
    expect((await here.api('DELETE', `/me/sessions/${sessions[1]?.id}`)).body).toEqual({ ended: true });
    expect((await there.api('GET', '/me')).status).toBe(401);
    expect((await here.api('GET', '/me')).status).toBe(200);
    expect((await here.api('DELETE', `/me/sessions/${sessions[1]?.id}`)).status).toBe(404);
  });

  test('signing out everywhere ends this one too, and is in the audit log', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    expect((await here.api('POST', '/me/sessions/end-all', {})).body).toEqual({ sessionsEnded: 2 });
    expect((await there.api('GET', '/me')).status).toBe(401);
    expect((await here.api('GET', '/me')).status).toBe(401);
    const event = await db().auditEvent.findFirstOrThrow({ where: { userId: person.userId }, orderBy: { id: 'desc' } });
    expect(event).toMatchObject({ type: 'user.sessions-ended', libraryId: world.library.id });
  });

  test('an expired one ends, and the pages say so', async () => {
    const browser = await signedIn();
    await db().session.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect((await browser.api('GET', '/me')).status).toBe(401);
    const page = await browser.send('GET', '/account');
    expect(page.headers.get('location')).toBe('/sign-in?returnTo=%2Faccount&ended=expired');
  });

  test('renewing moves the end only when a quarter of an hour was used, never past 7 days, and not for an ended session', async () => {
    const browser = await signedIn();
    const read = () => db().session.findFirstOrThrow({ where: { userId: person.userId } });
    const fresh = await read();
    await browser.send('GET', '/api/auth/session');
    expect((await read()).expiresAt).toEqual(fresh.expiresAt);
    await db().session.update({ where: { id: fresh.id }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    await browser.send('GET', '/api/auth/session');
    expect((await read()).expiresAt.getTime()).toBeGreaterThan(Date.now() + 7.9 * 3600_000);
    const almost = new Date(Date.now() - 7 * 24 * 3600_000 + 3600_000);
    await db().session.update({
      where: { id: fresh.id },
      data: { createdAt: almost, expiresAt: new Date(Date.now() + 60_000) },
    });
    await browser.send('GET', '/api/auth/session');
    expect((await read()).expiresAt.getTime()).toBe(almost.getTime() + 7 * 24 * 3600_000);
    await db().session.update({ where: { id: fresh.id }, data: { endedAt: new Date() } });
    await browser.send('GET', '/api/auth/session');
    expect(browser.cookies.has(cookieNames().session)).toBe(false);
  });

  test('a forged or foreign cookie is no session and no error', async () => {
    const browser = await browserOf(person.userId);
    const name = cookieNames().session;
    const real = browser.cookies.get(name) as string;
    for (const value of [
      '',
      'x',
      real.slice(0, -4),
      `${real.slice(0, -4)}AAAA`,
      real.replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0'),
    ]) {
      browser.cookies.set(name, value);
      expect((await browser.api('GET', '/me')).status).toBe(401);
    }
  });

  test('a mutation from another site is refused, whatever the cookie', async () => {
    const browser = await signedIn();
    for (const headers of [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'sec-fetch-site': undefined },
      { origin: undefined, 'sec-fetch-site': undefined },
    ]) {
      const answer = await browser.api('POST', '/tokens', { name: 'x' }, headers);
      expect(answer).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    }
    expect(await db().apiToken.count({ where: { userId: person.userId } })).toBe(0);
  });
});

describe('changing the password', () => {
  test('ends every session, and only the new password opens one', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const wrong = await here.api('POST', '/me/password', {
      currentPassword: 'wrong',
      newPassword: 'a better password',
    });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'currentPassword' }] } });
    expect((await there.api('GET', '/me')).status).toBe(200);

    const newPassword = 'a much better password';
    const changed = await here.api('POST', '/me/password', { currentPassword: password, newPassword });
    expect(changed).toMatchObject({ status: 200, body: { sessionsEnded: 2 } });
    const after = await there.api('GET', '/me');
    expect(after.status).toBe(401);
    expect(after.body.detail).toContain('because your password changed');
    expect((await here.send('GET', '/account')).headers.get('location')).toContain('ended=password-changed');
    expect(await new TestBrowser().signIn(person.email, password)).toBe('unauthenticated');
    expect(await here.signIn(person.email, newPassword)).toBeNull();
    expect((await here.api('GET', '/me')).status).toBe(200);
  });

  test('needs a new one that is long enough and not the old one; guessing the old one is slowed down', async () => {
    const browser = await signedIn();
    const change = (currentPassword: string, newPassword: string) =>
      browser.api('POST', '/me/password', { currentPassword, newPassword });
    expect((await change(password, 'short')).body.errors).toMatchObject([{ path: 'newPassword' }]);
    expect((await change(password, password)).body.errors).toMatchObject([{ path: 'newPassword' }]);
    for (let round = 1; round <= 6; round += 1) expect((await change('wrong', 'a better password')).status).toBe(400);
    const limited = await change('wrong', 'a better password');
    expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('API tokens', () => {
  async function makeToken(browser: TestBrowser, name = 'nightly import', expiresAt?: string) {
    const answer = await browser.api('POST', '/tokens', { name, expiresAt });
    expect(answer.status).toBe(201);
    return answer.body.token as { id: string; secret: string; hint: string };
  }
  const bearer = (secret: string) => ({
    authorization: `Bearer ${secret}`,
    origin: undefined,
    'sec-fetch-site': undefined,
  });

  test('the secret is shown once; the database holds only its hash; the log holds only its name', async () => {
    const browser = await signedIn();
    const { id, secret } = await makeToken(browser);
    expect(secret).toMatch(/^strata_[\w-]{43}$/);
    const list = await browser.api('GET', '/tokens');
    expect(list.text).not.toContain(secret);
    expect(list.body.tokens).toMatchObject([
      { id, name: 'nightly import', hint: secret.slice(0, 11), lastUsedAt: null },
    ]);
    const row = await db().apiToken.findUniqueOrThrow({ where: { id: BigInt(id) } });
    expect(Buffer.from(row.secretHash)).toHaveLength(32);
    const events = await db().auditEvent.findMany({ where: { userId: person.userId } });
    expect(events).toMatchObject([{ type: 'token.created', data: { name: 'nightly import' } }]);
    expect(JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      secret,
    );
  });

  test('acts as its person without cookie and Origin, until it is revoked in the middle', async () => {
    const browser = await signedIn();
    const { id, secret } = await makeToken(browser);
    const program = new TestBrowser();
    expect((await program.api('GET', '/me', undefined, bearer(secret))).body).toMatchObject({
      email: person.email,
      via: 'token',
    });
    expect((await browser.api('GET', '/tokens')).body.tokens).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    expect((await browser.api('DELETE', `/tokens/${id}`)).body).toEqual({ revoked: true });
    expect((await program.api('GET', '/me', undefined, bearer(secret))).status).toBe(401);
    expect((await browser.api('DELETE', `/tokens/${id}`)).status).toBe(404);
  });

  test('cannot make or revoke tokens, nor change the password, nor end sessions', async () => {
    const { id, secret } = await makeToken(await signedIn());
    const program = new TestBrowser();
    for (const [method, path, json] of [
      ['POST', '/tokens', { name: 'another' }],
      ['DELETE', `/tokens/${id}`, undefined],
      ['POST', '/me/password', { currentPassword: password, newPassword: 'a better password' }],
      ['POST', '/me/sessions/end-all', {}],
      ['GET', '/me/sessions', undefined],
    ] as const) {
      expect(await program.api(method, path, json, bearer(secret))).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
  });

  test('expires by itself, is refused with an end in the past, and a bad one never falls back to the cookie', async () => {
    const browser = await signedIn();
    const past = await browser.api('POST', '/tokens', {
      name: 'x',
      expiresAt: new Date(Date.now() - 1000).toISOString(),
    });
    expect(past).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt' }] } });
    const { id, secret } = await makeToken(browser, 'short', new Date(Date.now() + 3600_000).toISOString());
    expect((await browser.api('GET', '/me', undefined, bearer(secret))).status).toBe(200);
    await db().apiToken.update({ where: { id: BigInt(id) }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await browser.api('GET', '/me', undefined, bearer(secret))).status).toBe(401);
    for (const authorization of ['Bearer', 'Bearer strata_x', 'Basic abc', '']) {
      expect((await browser.api('GET', '/me', undefined, { authorization })).status).toBe(401);
    }
  });

  test("another person's token looks as if it did not exist", async () => {
    const { id, secret } = await makeToken(await signedIn());
    const stranger = await signedIn(await makePerson());
    expect(await stranger.api('DELETE', `/tokens/${id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await new TestBrowser().api('GET', '/me', undefined, bearer(secret))).status).toBe(200);
  });
});

describe('headers', () => {
  test('every page has a policy with a nonce of its own, and the store in it', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => new TestBrowser().send('GET', '/sign-in')));
    const policy = first?.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(nonce).toBeTruthy();
    expect(second?.headers.get('content-security-policy')).not.toContain(nonce);
    expect(policy).toContain(new URL(String(process.env.S3_PUBLIC_ENDPOINT ?? process.env.S3_ENDPOINT)).origin);
    for (const script of first?.text.match(/<script[^>]*>/g) ?? []) expect(script).toContain(`nonce="${nonce}"`);
  });

  test('answers of the API and static files cannot be sniffed, framed or run', async () => {
    for (const path of ['/api/v1/me', '/api/openapi.json', '/api/auth/csrf']) {
      const { headers } = await new TestBrowser().send('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const page = await new TestBrowser().send('GET', '/sign-in');
    const asset = /\/_next\/static\/[^"]+\.js/.exec(page.text)?.[0] as string;
    expect((await new TestBrowser().send('GET', asset)).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the first admin', () => {
  test('is made once, even by two processes at the same moment, and is left alone after that', async () => {
    const other = await makeTestLibrary();
    const email = `${crypto.randomUUID()}@test.invalid`;
    const make = (with_: string) =>
      createFirstAdmin({ email, password: with_, name: 'First', libraryId: other.library.id });
    try {
      const made = await Promise.all([make(password), make(password)]);
      expect(made.map((result) => result.created).sort()).toEqual([false, true]);
      expect(await make('another long password')).toEqual({ created: false, email });
      expect(await new TestBrowser().signIn(email, password)).toBeNull();
      await expect(make('short')).rejects.toMatchObject({ code: 'invalid_request' });
    } finally {
      await db().auditEvent.deleteMany({ where: { libraryId: other.library.id } });
      await db().user.deleteMany({ where: { email } });
      await other.remove();
    }
  });
});
