import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '#lib/auth/actor.ts';
import { findSessionActor, type Resolved } from '#lib/auth/resolve-actor.ts';
import { safeReturnPath } from '#lib/auth/return-path.ts';

/** Who looks at this page, or why nobody does. Asked once a request, however many layouts and pages ask. */
export const findActor = cache(async (): Promise<Resolved> => findSessionActor(await headers()));

/**
 * The signed-in person; everybody else is sent to the sign-in page, with the reason and the way back.
 * `returnTo` is the address of the page itself when it is not given.
 */
export async function requireActor(returnTo?: string): Promise<Actor> {
  const found = await findActor();
  if (found.actor) return found.actor;
  const query = new URLSearchParams();
  const back = safeReturnPath(returnTo ?? (await headers()).get('x-strata-path'));
  if (back !== '/') query.set('returnTo', back);
  if (found.ended && found.ended !== 'signed-out') query.set('ended', found.ended);
  redirect(query.size > 0 ? `/sign-in?${query}` : '/sign-in');
}
