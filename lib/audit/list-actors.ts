import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';

/**
 * The people who ever did something in a library, for the filter of its activity. Who sees only parts of it gets nobody but
 * themselves: a name alone would tell that something happened elsewhere.
 */
export async function listActors(actor: Actor, slug: string): Promise<{ id: string; name: string }[]> {
  const library = await requireLibrary(actor, slug);
  if (!grantedPrefixes(actor, library.id).includes('')) return [{ id: String(actor.userId), name: actor.name }];
  const rows = await db().$queryRaw<{ id: bigint; name: string }[]>`
    SELECT u."id", u."name" FROM "User" u
    WHERE EXISTS (SELECT 1 FROM "AuditEvent" e WHERE e."userId" = u."id" AND e."libraryId" = ${library.id})
    ORDER BY u."name", u."id" LIMIT 500`;
  return rows.map((row) => ({ id: String(row.id), name: row.name }));
}
