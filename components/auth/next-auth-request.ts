/** What a sign-in came to. `wait` is in seconds: how long until the next try is looked at. */
export type SignInResult = { ok: true } | { ok: false; code: string; wait: number };

/**
 * next-auth's own flow without its client library: its CSRF token (a cookie and the same value in the form, compared by the server),
 * then the form. Answers where next-auth would send the browser.
 */
async function postWithCsrf(path: string, fields: Record<string, string>): Promise<URL> {
  const csrf = await fetch('/api/auth/csrf', { cache: 'no-store' });
  if (!csrf.ok) throw new Error(`The app answered ${csrf.status}.`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(path, {
    method: 'POST',
    body: new URLSearchParams({ callbackUrl: '/', ...fields, csrfToken, json: 'true' }),
    cache: 'no-store',
  });
  const { url } = (await response.json()) as { url?: string };
  if (!url) throw new Error(`The app answered ${response.status}.`);
  return new URL(url, location.origin);
}

/** Signs in and leaves the session cookie behind. Never throws: no answer is the code `network`. */
export async function requestSignIn(email: string, password: string): Promise<SignInResult> {
  try {
    const url = await postWithCsrf('/api/auth/callback/credentials', { email, password });
    const error = url.searchParams.get('error');
    if (error) return parseSignInError(error);
    // A CSRF token that did not match sends back to the page; a second try has a new one.
    return url.searchParams.has('csrf') || url.pathname === '/api/auth/signin'
      ? { ok: false, code: 'stale', wait: 0 }
      : { ok: true };
  } catch {
    return { ok: false, code: 'network', wait: 0 };
  }
}

/**
 * Begins single sign-on: next-auth answers the provider's address with state, nonce and PKCE, or ours with `error` when it could not be
 * reached. Never throws: no answer is the code `network`.
 */
export async function requestSingleSignOn(
  returnTo: string,
): Promise<{ ok: true; url: string } | { ok: false; code: string }> {
  try {
    const url = await postWithCsrf('/api/auth/signin/oidc', { callbackUrl: returnTo });
    const error = url.origin === location.origin ? url.searchParams.get('error') : null;
    if (error) return { ok: false, code: error };
    return url.origin === location.origin ? { ok: false, code: 'stale' } : { ok: true, url: url.href };
  } catch {
    return { ok: false, code: 'network' };
  }
}

/** "unauthenticated:5" of `signInErrorText` in lib/auth/next-auth-options.ts. */
export function parseSignInError(text: string): SignInResult {
  const [, code = 'internal', seconds = '0'] = /^([a-z_]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return { ok: false, code, wait: Number(seconds) };
}

/** Ends this browser's session and clears its cookie. @throws Error when the app did not do it */
export async function requestSignOut(): Promise<void> {
  await postWithCsrf('/api/auth/signout', {});
}
