import { db } from '#lib/db.ts';
import type { Actor } from './actor.ts';
import type { Me } from './schema.ts';

/** The caller and what was granted to them. */
export async function getMe(actor: Actor): Promise<Me> {
  const grants = await db().grant.findMany({
    where: { userId: actor.userId },
    select: { id: true, prefix: true, role: true, library: { select: { slug: true } } },
    orderBy: [{ libraryId: 'asc' }, { prefix: 'asc' }],
  });
  return {
    id: String(actor.userId),
    email: actor.email,
    name: actor.name,
    via: actor.via === 'token' ? 'token' : 'session',
    grants: grants.map(({ id, prefix, role, library }) => ({ id: String(id), prefix, role, library: library.slug })),
  };
}
