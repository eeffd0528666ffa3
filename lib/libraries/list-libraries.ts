import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { libraryView } from './library-view.ts';
import { requireLibrary } from './require-library.ts';
import type { LibraryView } from './schema.ts';

/** The libraries in which the actor has any grant, by name. There are few: one page. */
export async function listLibraries(actor: Actor): Promise<{ libraries: LibraryView[]; nextCursor: null }> {
  const rows = await db().library.findMany({
    where: { id: { in: actor.grants.map((grant) => grant.libraryId) } },
    orderBy: { name: 'asc' },
    select: { slug: true },
  });
  const libraries = await Promise.all(
    rows.map(async ({ slug }) => libraryView(actor, await requireLibrary(actor, slug))),
  );
  return { libraries, nextCursor: null };
}
