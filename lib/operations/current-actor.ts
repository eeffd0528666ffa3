import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';

/** The person behind an operation with today's grants: none for somebody who was disabled or removed meanwhile. */
export async function currentActor(userId: bigint): Promise<Actor> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      disabledAt: true,
      grants: { select: { libraryId: true, prefix: true, role: true } },
    },
  });
  return {
    userId,
    name: user?.name ?? 'Somebody',
    email: user?.email ?? '',
    via: 'worker',
    sessionId: null,
    grants: user && !user.disabledAt ? user.grants : [],
  };
}
