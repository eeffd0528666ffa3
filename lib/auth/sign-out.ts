import { db } from '#lib/db.ts';
import { endSession } from './end-sessions.ts';
import { readSessionClaims } from './session-token.ts';

/** Ends the session of the request's cookie, so that a copy of the cookie is worth nothing either. No session is no error. */
export async function signOut(headers: Pick<Headers, 'get'>): Promise<void> {
  const claims = await readSessionClaims(headers);
  if (claims) await endSession(db(), BigInt(claims.sub), claims.sid, 'signed-out');
}
