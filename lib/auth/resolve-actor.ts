import { AppError } from '#lib/errors.ts';
import type { Actor } from './actor.ts';
import { type EndReason, endReasons } from './end-reasons.ts';
import { findSession, touchSession } from './find-session.ts';
import { findTokenActor } from './find-token.ts';
import { readSessionClaims } from './session-token.ts';

export type Resolved = { actor: Actor } | { actor: null; ended: EndReason | null };

/**
 * Who makes this request: the API token of its Authorization header, else the session of its cookie. Asked of the database on every
 * request, so that a revoked token, an ended session and a disabled person stop at once. A bad token never falls back to the cookie.
 * @throws AppError unauthenticated
 */
export async function resolveActor(request: { headers: Headers }): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const actor = secret ? await findTokenActor(secret) : null;
    if (actor) return actor;
    throw new AppError('unauthenticated', 'The API token is not valid: it is unknown, expired or revoked.');
  }
  const found = await findSessionActor(request.headers);
  if (found.actor) return found.actor;
  const why = found.ended ? `${endReasons[found.ended]} ` : '';
  throw new AppError('unauthenticated', `${why}Sign in${found.ended ? ' again' : ''} to go on.`);
}

/** The person of the session cookie, or why there is none (null: nobody was signed in). */
export async function findSessionActor(headers: Pick<Headers, 'get'>): Promise<Resolved> {
  const claims = await readSessionClaims(headers);
  if (!claims) return { actor: null, ended: null };
  const found = await findSession(claims);
  if ('ended' in found) return { actor: null, ended: found.ended };
  if (found.seenLongAgo) await touchSession(claims.sid);
  return { actor: found.actor };
}
