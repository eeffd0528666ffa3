import type { NextAuthOptions } from 'next-auth';
import { isDatabaseAway } from '#lib/db-errors.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import { addressOf } from './client-address.ts';
import { findSession } from './find-session.ts';
import { hasOidc, oidcProvider, toOidcClaims } from './oidc-provider.ts';
import { renewSession } from './renew-session.ts';
import { safeReturnPath } from './return-path.ts';
import { cookieNames, type SessionClaims, sessionLife } from './session-token.ts';
import { type SignedIn, signIn } from './sign-in.ts';
import { signInWithOidc } from './sign-in-with-oidc.ts';

/** What `authorize` and the `signIn` callback hand to the `jwt` callback. */
type SignedInUser = { id: string; sid: string; sv: number };
const toUser = ({ userId, sessionId, sessionVersion }: SignedIn): SignedInUser => ({
  id: String(userId),
  sid: sessionId,
  sv: sessionVersion,
});

/**
 * next-auth 4 with e-mail and password, single sign-on when it is configured, and sealed JWT cookies. It makes, renews and clears the cookie; whether a session
 * counts is decided by resolve-actor.ts. Built for each request, because the environment is not there while Next builds.
 */
export function nextAuthOptions(requestHeaders: Headers): NextAuthOptions {
  const names = cookieNames();
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: names.secure } as const;
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionLife },
    jwt: { maxAge: sessionLife },
    useSecureCookies: names.secure,
    cookies: {
      sessionToken: { name: names.session, options: cookie },
      csrfToken: { name: names.csrf, options: cookie },
      callbackUrl: { name: names.callback, options: cookie },
    },
    pages: { signIn: '/sign-in', signOut: '/account', error: '/sign-in' },
    providers: [
      {
        id: 'credentials',
        name: 'Email and password',
        type: 'credentials',
        credentials: { email: {}, password: {} },
        authorize: async (given, request) => {
          const headers = new Headers(request.headers as Record<string, string>);
          try {
            const signedIn = await signIn({
              email: String(given?.email ?? ''),
              password: String(given?.password ?? ''),
              address: addressOf(headers),
              userAgent: headers.get('user-agent') ?? '',
            });
            return toUser(signedIn);
          } catch (error) {
            throw new Error(signInErrorText(error));
          }
        },
      },
      ...(hasOidc() ? [oidcProvider()] : []),
    ],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== 'oidc') return true;
        const signedIn = await signInWithOidc(toOidcClaims(profile as { sub: string }), {
          userAgent: requestHeaders.get('user-agent') ?? '',
          address: addressOf(requestHeaders),
        });
        if ('refused' in signedIn) return `/sign-in?error=${signedIn.refused}`;
        // next-auth hands this object on to `jwt`.
        Object.assign(user, toUser(signedIn));
        return true;
      },
      jwt: async ({ token, user }) => {
        if (user) {
          const { id, sid, sv } = user as SignedInUser;
          return { sub: id, sid, sv };
        }
        await keepAlive(token as unknown as SessionClaims);
        return token;
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        baseUrl + safeReturnPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    },
    logger: {
      error: (code, metadata) => logFailure(code, metadata),
      warn: (code) => log().warn({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}

/** Runs when a page renews its cookie (GET /api/auth/session). Throwing makes next-auth clear the cookie, which only an ended session deserves. */
async function keepAlive(claims: SessionClaims): Promise<void> {
  try {
    const found = await findSession(claims);
    if ('ended' in found) throw new AppError('unauthenticated', `The session is over: ${found.ended}.`);
    if (found.renewalDue) await renewSession(claims);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    log().warn(
      { err: error },
      'the database is away; a session cookie was renewed unchecked, requests still are checked',
    );
  }
}

/** "code" or "code:seconds": next-auth passes nothing else through. `parseSignInError` in components/auth reads it. */
function signInErrorText(error: unknown): string {
  if (error instanceof AppError) return error.retryAfter ? `${error.code}:${error.retryAfter}` : error.code;
  log().error({ err: error }, 'sign-in failed');
  return isDatabaseAway(error) ? 'database_unavailable' : 'internal';
}

function logFailure(code: string, metadata: unknown): void {
  const cause = metadata instanceof Error ? metadata : (metadata as { error?: unknown })?.error;
  const ended = cause instanceof AppError && cause.code === 'unauthenticated';
  // An ended session is every day's business, and so is a cookie sealed with an older secret.
  if (code === 'JWT_SESSION_ERROR' && (ended || (cause as Error)?.name?.startsWith('JWE'))) return;
  log().error({ code, err: cause }, 'next-auth');
}
