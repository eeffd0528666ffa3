import { decode } from 'next-auth/jwt';
import * as z from 'zod';
import { env } from '#lib/env.ts';

/** A session lives 8 h after it was last renewed, and 7 days in all; it is renewed at most every 15 min. Seconds. */
export const sessionLife = 8 * 3600;
export const longestSessionLife = 7 * 24 * 3600;
export const renewAfter = 15 * 60;

const claims = z.object({ sub: z.string().regex(/^\d+$/), sid: z.uuid(), sv: z.number().int() });
/** What the cookie says: the user, the Session row, and the sessionVersion at sign-in. Nothing of it is believed without the database. */
export type SessionClaims = z.infer<typeof claims>;

/**
 * Names of next-auth's cookies. Cookies do not tell ports apart, so an app on another port of the same host gets its own names;
 * otherwise two instances side by side would sign each other's people out.
 */
export function cookieNames(appUrl: string = env().APP_URL) {
  const { protocol, port } = new URL(appUrl);
  const secure = protocol === 'https:';
  const base = port ? `strata-${port}` : 'strata';
  return {
    secure,
    session: `${secure ? '__Secure-' : ''}${base}.session`,
    csrf: `${secure ? '__Host-' : ''}${base}.csrf`,
    callback: `${secure ? '__Secure-' : ''}${base}.callback`,
  };
}

/** The claims of a request's session cookie, or null when there is none, or it is not ours, or its own time is over. */
export async function readSessionClaims(headers: Pick<Headers, 'get'>): Promise<SessionClaims | null> {
  const token = findCookie(headers.get('cookie') ?? '', cookieNames().session);
  if (!token) return null;
  let payload: unknown;
  try {
    payload = await decode({ token, secret: env().NEXTAUTH_SECRET });
  } catch {
    // Forged, damaged, expired or sealed with another secret: all of them are simply no session.
    return null;
  }
  const result = claims.safeParse(payload);
  return result.success ? result.data : null;
}

function findCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
