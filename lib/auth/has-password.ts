import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';

/** Whether the person can sign in with a password: who came by single sign-on has none until an admin sets one. */
export async function hasPassword(actor: Actor): Promise<boolean> {
  const where = { id: actor.userId, passwordHash: { not: null } };
  return (await db().user.count({ where })) === 1;
}
