import { encode } from 'next-auth/jwt';
import { cookieNames, sessionLife } from '#lib/auth/session-token.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';

export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

/** The address of the app under test. */
export function appUrl(path = ''): string {
  if (!process.env.APP_URL)
    throw new Error('These tests need the running app. Run them with `npm test`; APP_URL is not set.');
  return new URL(path, process.env.APP_URL).href;
}

/**
 * One browser without a screen: keeps cookies and sends Origin and Fetch Metadata as a page of Strata would.
 * `headers` given to a call go over those, so that a test can be another site or no browser at all (undefined removes one).
 */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  /** Which web process is asked, when it is not the one of APP_URL. */
  base: string | null = null;

  async send(method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const headers = new Headers({
      origin: new URL(appUrl()).origin,
      'sec-fetch-site': 'same-origin',
      'user-agent': 'strata-test',
      ...(this.cookies.size > 0 ? { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') } : {}),
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
    });
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === undefined) headers.delete(name);
      else headers.set(name, value);
    }
    const response = await fetch(new URL(path, this.base ?? appUrl()), {
      method,
      headers,
      redirect: 'manual',
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      ...(options.form === undefined ? {} : { body: new URLSearchParams(options.form) }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
  }

  /** An endpoint of the API: `api('POST', '/tokens', { name })`. */
  api(method: string, path: string, json?: unknown, headers?: SendOptions['headers']): Promise<Answer> {
    return this.send(method, `/api/v1${path}`, {
      json: method === 'GET' || method === 'DELETE' ? undefined : json,
      headers,
    });
  }

  async csrfToken(): Promise<string> {
    return String((await this.send('GET', '/api/auth/csrf')).body.csrfToken);
  }

  /** Signs in as the page does. Answers next-auth's error ("unauthenticated:5"), null when it worked. */
  async signIn(email: string, password: string, options: SendOptions = {}): Promise<string | null> {
    const csrfToken = await this.csrfToken();
    const answer = await this.send('POST', '/api/auth/callback/credentials', {
      ...options,
      form: { email, password, csrfToken, json: 'true', ...options.form },
    });
    return new URL(String(answer.body.url)).searchParams.get('error');
  }

  async signOut(): Promise<Answer> {
    return this.send('POST', '/api/auth/signout', { form: { csrfToken: await this.csrfToken(), json: 'true' } });
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const gone = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
  }
}

type SendOptions = {
  json?: unknown;
  form?: Record<string, string>;
  headers?: Record<string, string | undefined> | undefined;
};

/** A browser in which a person is signed in already, without going through the form. */
export async function browserOf(userId: bigint): Promise<TestBrowser> {
  const user = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { sessionVersion: true } });
  const expiresAt = new Date(Date.now() + sessionLife * 1000);
  const data = { id: crypto.randomUUID(), userId, userAgent: 'strata-test', address: '127.0.0.1', expiresAt };
  await db().session.create({ data });
  const token = { sub: String(userId), sid: data.id, sv: user.sessionVersion };
  const browser = new TestBrowser();
  browser.cookies.set(
    cookieNames().session,
    await encode({ token, secret: env().NEXTAUTH_SECRET, maxAge: sessionLife }),
  );
  return browser;
}
